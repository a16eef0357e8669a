"""Writes docs/promises.md: what the service promises in safety and privacy, and which tests prove it."""
