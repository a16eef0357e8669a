"""Amendments in words, as conference papers and parliaments print them: read, applied, and written.

- `quotations` cuts an instruction into its own words and those it quotes, `trailing` knows what stands around it;
- `taking`, `naming`, `targeting`, `standing`, `arranging`, `new_words`, `orders` and `grammar` read it, from the
  smallest part to the whole, as `saying` has it; `headings` are those that it may name without quotation marks;
- `pages` and `structure` are the text as an instruction points at it;
  `wording`, `placing` and `anchoring` find the one place that is meant;
- `reading`, `inserting`, `blocks`, `moving`, `joining` make edits, `splicing` sets spaces and signs right, `marking`
  keeps emphasis and links on what is not touched, `lettering` numbers on,
  `checking` compares with what it is said to read;
- `applying` and `writing` are the two front doors; `namable` is what a written one calls things.
"""

from policies.text.instructions.applying import apply_instruction
from policies.text.instructions.writing import instruct

__all__ = ["apply_instruction", "instruct"]
