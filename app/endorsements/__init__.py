"""Endorsements: which group backs which exact words."""
