"""The live store: what is known of today and of the running week, in memory only."""
