"""Takeover: what its mover withdrew, one of its seconders can take over for a while, and it goes on."""
