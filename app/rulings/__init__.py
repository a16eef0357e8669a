"""Clerks' rulings: what is in order, what is referred back, appeals against a ruling, and the register of them all."""
