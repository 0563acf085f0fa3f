"""A telephone without a carrier: in the terminal."""
