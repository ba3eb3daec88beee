"""Several processes of one coach, on a real PostgreSQL."""
