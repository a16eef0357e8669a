"""Membership through time: renewing, lapsing, moving to another group, and removal by the group, with its appeal."""
