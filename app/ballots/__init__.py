"""Rounds and secret ballots: preparing, opening, voting, counting."""
