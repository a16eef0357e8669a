"""Amendments: editing a plank's text in place, seconding, objecting, adopting by agreement."""
