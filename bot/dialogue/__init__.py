"""A message goes in, a turn comes out: what to say, what to remember, what to count."""
