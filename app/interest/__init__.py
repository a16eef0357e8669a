"""Registering interest: people of no party say what they want to hear of, each thing apart, and end it at any time."""
