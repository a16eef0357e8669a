"""Groups: a page each, with what the group says of itself, what it decided on which exact words, and how to join."""
