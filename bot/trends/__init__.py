"""Question trends, blurred until no number points at one person."""
