"""Calls: what a caller hears, and what each key does."""
