"""Handlers of updates: each calls a service or the catalogue, then a view, then the messenger."""
