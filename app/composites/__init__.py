"""Composites: a new plank put together from clauses of others, and what the movers of those planks say to it."""
