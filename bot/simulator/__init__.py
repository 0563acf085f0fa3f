"""A telephone without a carrier: in the browser and in the terminal."""
