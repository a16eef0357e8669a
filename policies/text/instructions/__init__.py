"""Amendments in words, as conference papers and parliaments print them: read, applied, and written."""

from policies.text.instructions.applying import apply_instruction

__all__ = ["apply_instruction"]
