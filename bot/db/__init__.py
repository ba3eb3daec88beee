"""Engine, tables, queries and migrations; rows never leave this room."""
