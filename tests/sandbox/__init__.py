"""The local Bot API keeps its promises."""
