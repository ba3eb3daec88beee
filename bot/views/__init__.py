"""Functions from domain values to screens; their sentences are in data/locales."""
