"""One function is one wish of a runner and one transaction; it returns after the commit."""
