"""What the coach needs of the machine it runs on."""
