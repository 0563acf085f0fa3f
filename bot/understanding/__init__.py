"""What was asked: commands, the language of a text, and its topic."""
