"""What the coach runs on."""
