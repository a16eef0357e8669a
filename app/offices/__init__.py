"""Who is a clerk of a group, for how long, and how that changes: always by two persons, and never by a shared login."""
