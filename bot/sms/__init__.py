"""Texts: the webhook, its memory, and what a message costs."""
