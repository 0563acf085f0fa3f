"""What developers measure and build with: nothing of it serves a caller."""
