"""People: signing in and out, and reading who somebody is."""
