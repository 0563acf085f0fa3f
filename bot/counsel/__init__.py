"""Who can help: places, providers and hotlines."""
