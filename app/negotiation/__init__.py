"""Where a plank's text stands between the groups, unit by unit, and how warm their members are towards it."""
