"""Being found and shared: share cards, what a page tells machines of itself, embeds, sitemap and robots."""
