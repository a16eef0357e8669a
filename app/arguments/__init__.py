"""Arguments for and against a text: writing them, and reading them by group."""
