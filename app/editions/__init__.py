"""Editions: what all groups back at one moment, published together, signed, and never changed again."""
