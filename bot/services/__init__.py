"""Functions that carry out a runner's request in one transaction, and return after the commit."""
