"""Writes docs/rules.md: what the rulebook says, in words, and where each rule is tested. `make rules` runs it."""
