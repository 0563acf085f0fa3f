"""Everything between the line and its carrier, Twilio."""
