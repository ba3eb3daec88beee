"""The database: engine, tables, queries and migrations. Rows never leave this package."""
