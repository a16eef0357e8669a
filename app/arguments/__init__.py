"""Arguments for and against a text: writing them, reading them by group, reporting them, and what clerks hide."""
