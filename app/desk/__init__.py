"""The desk: what needs a member or a clerk today, and what the clock brings about."""
