"""Turns pose files into clips when content is written; the running coach does not use it."""
