"""Amendments in words, as conference papers and parliaments print them: read, applied, and written.

- `quotations` cuts an instruction into its own words and the words it quotes, `grammar` says what may be said;
- `pages` is the text as an instruction points at it, `resolving` finds the one place that is meant;
- `reading` makes edits of sentences, `blocks` those of whole paragraphs, `splicing` sets spaces and signs right;
- `applying` and `writing` are the two front doors.
"""

from policies.text.instructions.applying import apply_instruction
from policies.text.instructions.writing import instruct

__all__ = ["apply_instruction", "instruct"]
