"""The public API: everything that visitors can read here, for programs; see /api and decision 18."""
