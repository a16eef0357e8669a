"""Finding planks by their words."""
