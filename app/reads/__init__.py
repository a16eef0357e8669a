"""Officers' reads: each read of a member's record in office is noted, and shown to that member."""
