"""Whoever runs the machine: named on the command line, confirmed by a passkey, and led to a page of how it runs."""
