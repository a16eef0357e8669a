"""A group's launch statement and its clerks' office: how long they may be, and that no clerk undoes another's words."""

from policies.errors import RuleBroken

STATEMENT_WORDS = 400
STATEMENT_CHARACTERS = 8_000
OFFICE_CHARACTERS = 300

CHANGED_MEANWHILE = (
    "Another clerk of your group saved other words while you wrote. Yours are kept below: compare them with what stands"
    " now, then save again."
)


def require_statement_fits(words: int, characters: int) -> None:
    """A launch statement is there and not too long, by words and by characters."""
    if not words:
        raise RuleBroken("Write the launch statement.")
    if words > STATEMENT_WORDS:
        raise RuleBroken(f"Shorten the statement to {STATEMENT_WORDS} words; it has {words}.")
    if characters > STATEMENT_CHARACTERS:
        raise RuleBroken(f"Shorten the statement to {STATEMENT_CHARACTERS:,} characters; it has {characters:,}.")


def require_office_fits(office: str) -> None:
    """Where the clerks are reached is said shortly, or not at all."""
    if len(office) > OFFICE_CHARACTERS:
        raise RuleBroken(f"Shorten the address to {OFFICE_CHARACTERS} characters; it has {len(office)}.")


def require_newest(seen: int, newest: int) -> None:
    """Words are put in the place of those that the clerk has seen, and of no others; both are counted from 1."""
    if seen != newest:
        raise RuleBroken(CHANGED_MEANWHILE)


def require_other_words(text: str, before: str) -> None:
    """A new statement differs from the one before, so that every version says something new."""
    if text == before:
        raise RuleBroken("These are the words that stand already. Change them, or go back to your group’s page.")
