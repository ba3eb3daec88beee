"""The chat page: what it shows, what a person does on it, and its files in `static`."""
