"""A telephone without a carrier: in the terminal and in the browser."""
