"""Moderation: reporting any text, deciding together whether it is hidden, appeals, and showing it again."""
