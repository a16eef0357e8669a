"""Editorial changes: punctuation mended with a yes of a clerk of every group."""
