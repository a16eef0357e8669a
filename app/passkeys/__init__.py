"""Passkeys: signing in with one, showing one for what binds, keeping one's own; and moving to another address."""
