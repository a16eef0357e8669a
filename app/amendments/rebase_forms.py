"""The form that brings an amendment up to date: the merged text to take or change, or an answer for each conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import AnyOf, InputRequired

from app.amendments.moved import Moved, Standing
from app.models import Settlement
from app.web.filters import summary
from app.web.forms import as_ruled, no_longer_than, one_line, passage
from policies.amendments import require_some_change
from policies.drafts import KEPT_REASON, KEPT_TEXT, KEPT_TITLE
from policies.text.outcome import Conflict
from policies.text.settling import Choice, Settled, fingerprint, offered, settled_text, words_for
from policies.text.units import Document

NOTHING_IS_LEFT = "Settled like this, nothing of your amendment is left. Settle a place otherwise, or withdraw it."
TOO_LONG = (
    f"Settled like this, it is too long to be kept. Use fewer words: at most {KEPT_TEXT:,} characters in all,"
    f" and {KEPT_TITLE} in the title."
)
_LABELS: dict[Choice, str] = {
    Choice.NOW: "The text as it is now: {words}",
    Choice.MINE: "Mine: {words}",
    Choice.BOTH: "Both in order: {words}",
    Choice.OWN: "Other words, which I type below",
    Choice.VOTE: "Put both to the vote: my whole clause against the clause as it is now",
}


@dataclass(frozen=True)
class Asked:
    """A conflict, the names of the fields that settle it, and how the same person settled it before."""

    conflict: Conflict
    choice: str
    words: str
    before: str


class RebaseForm(FlaskForm):
    """The words to go on with. `base` is the version the mover has before their eyes."""

    base = HiddenField()
    title = StringField("Title", [no_longer_than(KEPT_TITLE)], filters=[one_line])
    text = TextAreaField("Text", [no_longer_than(KEPT_TEXT)], filters=[passage])
    reason = TextAreaField("Why", [no_longer_than(KEPT_REASON)], filters=[passage])

    moved: Moved
    asked: Sequence[Asked] = ()

    def validate_text(self, text: TextAreaField) -> None:
        """An amendment changes something."""
        now = self.moved.now
        changed = (self.title.data, text.data) != (now.title, now.text)
        as_ruled(lambda _words: require_some_change(changed))(self, text)

    def is_answered(self) -> bool:
        """Whether the form came back with all it asks; else its fields say what to do."""
        if not self.validate_on_submit():
            return False
        if self.asked:
            self.form_errors = _faults_of_settled(self.words, self.settled, self.moved)
        return not self.form_errors

    @property
    def settled(self) -> list[tuple[Conflict, Settled]]:
        """Each conflict and how it was settled."""
        return [
            (asked.conflict, Settled(Choice(self[asked.choice].data), self[asked.words].data or ""))
            for asked in self.asked
        ]

    @property
    def words(self) -> tuple[str, str]:
        """The title and text of the whole plank as they were typed, or as they were settled."""
        if not self.asked:
            return self.title.data or "", self.text.data or ""
        return _words_of(self.moved, [answer for _, answer in self.settled])


def rebase_form(moved: Moved, before: Mapping[str, Settlement]) -> RebaseForm:
    """The form for an amendment under which the text has moved; `before` is what its mover settled earlier."""
    title, text = moved.proposed
    begun = {"base": moved.now.name, "title": title, "text": text, "reason": moved.reason}
    if moved.standing is not Standing.TO_SETTLE:
        form = RebaseForm(data=begun)
        form.moved = moved
        return form
    asked = [_asked(place, conflict, before) for place, conflict in enumerate(moved.merged.conflicts)]
    kind = type("SettlingForm", (RebaseForm,), _fields(asked))
    typed = {one.words: _typed_before(one, before) for one in asked}
    form = kind(data={**begun, **typed})
    form.moved, form.asked = moved, asked
    del form.title, form.text
    return form


def _faults_of_settled(words: tuple[str, str], settled: Sequence[tuple[Conflict, Settled]], moved: Moved) -> list[str]:
    """What is wrong with the whole that comes of all answers together, each of which is in order."""
    title, text = words
    if words == (moved.now.title, moved.now.text):
        return [NOTHING_IS_LEFT]
    longest = max(len(words_for(conflict, answer)) for conflict, answer in settled)
    if len(title) > KEPT_TITLE or max(longest, len(text)) > KEPT_TEXT:
        return [TOO_LONG]
    return []


def _asked(place: int, conflict: Conflict, before: Mapping[str, Settlement]) -> Asked:
    key = fingerprint(conflict)
    name, known = f"{key[:12]}_{place}", before.get(key)
    return Asked(conflict, f"choice_{name}", f"words_{name}", _in_words(conflict, known) if known else "")


def _in_words(conflict: Conflict, known: Settlement) -> str:
    """An earlier settlement in the words of its choice."""
    if known.choice is Choice.OWN:
        return f"Other words: {_quoted(known.words)}"
    return _label(known.choice, conflict)


def _typed_before(asked: Asked, before: Mapping[str, Settlement]) -> str:
    known = before.get(fingerprint(asked.conflict))
    return known.words if known and known.choice is Choice.OWN else asked.conflict.theirs.strip()


def _fields(asked: Sequence[Asked]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for one in asked:
        choices = {choice.value: _label(choice, one.conflict) for choice in offered(one.conflict)}
        fields[one.choice] = RadioField(
            "What should it say here?",
            [
                InputRequired("Choose what it should say here."),
                AnyOf(list(choices), "Choose one of the answers shown."),
            ],
            choices=choices,
            validate_choice=False,
        )
        fields[one.words] = TextAreaField(
            "Other words for this place",
            [_typed_where_chosen(one.choice), no_longer_than(KEPT_TEXT)],
            filters=[passage],
        )
    return fields


def _typed_where_chosen(choice: str) -> Any:
    def check(form: Form, words: Field) -> None:
        if form[choice].data == Choice.OWN and not (words.data or "").strip():
            raise ValidationError("Type the words, or choose another answer.")

    return check


def _label(choice: Choice, conflict: Conflict) -> str:
    return _LABELS[choice].format(words=_quoted(words_for(conflict, Settled(choice))))


def _quoted(words: str) -> str:
    shown = summary(" ".join(words.split()), 120)
    return f"“{shown}”" if shown else "nothing, it is removed"


def _words_of(moved: Moved, answers: Sequence[Settled]) -> tuple[str, str]:
    document: Document | None = settled_text(moved.was, moved.now.document, moved.yours, answers)
    return (document.title, document.text) if document else moved.proposed
