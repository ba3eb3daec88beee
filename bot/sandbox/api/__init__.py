"""The Bot API: methods, their parameters and refusals, and updates brought to a webhook."""
