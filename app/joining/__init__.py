"""Joining a group: applying or being invited, proving the address, and being checked by that group's clerk."""
