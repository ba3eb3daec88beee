"""Pose files become clips: a wing of its own, used when content is written, never by the coach."""
