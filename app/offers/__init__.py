"""Consensus wording: another wording offered to the mover of an amendment, who accepts or refuses it."""
