"""Services: each function does what a runner asked for, in one transaction, and returns after the
commit."""
