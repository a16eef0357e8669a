"""Complaints about how personal data is used: sent without an account, acknowledged at once, followed to an outcome."""
