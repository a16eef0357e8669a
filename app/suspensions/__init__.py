"""Pausing a group's backing of a text for some days."""
