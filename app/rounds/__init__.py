"""Rounds: what clerks and the clock do with a question put to the groups, before and around its secret ballots."""
