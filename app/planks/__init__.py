"""Planks: proposing, seconding, ruling in order, reading from and writing to files."""
