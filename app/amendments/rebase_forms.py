"""The form that brings an amendment up to date: the merged text to take or change, or an answer for each conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import AnyOf, InputRequired

from app.amendments.moved import Moved, Standing
from app.amendments.three_texts import ORDER
from app.models import Settlement
from app.web.filters import summary
from app.web.forms import as_ruled, no_longer_than, one_line, passage
from policies.amendments import require_some_change
from policies.drafts import KEPT_REASON, KEPT_TEXT, KEPT_TITLE
from policies.text.outcome import Conflict
from policies.text.render import plain
from policies.text.settling import (
    Choice,
    Settled,
    about_order,
    disputed_kinds,
    fingerprint,
    offered,
    settled_text,
    words_for,
)
from policies.text.telling import kind_of
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
    Choice.VOTE: "Put both to the vote: my whole unit against the unit as it is now",
}

_KINDS: dict[Choice, str] = {
    Choice.NOW: "As it is now, a {kind}: {words}",
    Choice.MINE: "Mine, a {kind}: {words}",
    Choice.VOTE: "Put both to the vote: mine, a {kind}, against the unit as it is now",
}
_ORDERS = {Choice.NOW: "The order as it is now", Choice.MINE: "My order"}


@dataclass(frozen=True)
class Asked:
    """A question: about one place, by its unit, or about the order of the parts, which settles several conflicts.

    `choice` and `words` name the fields of the answer, the latter where other words can be typed; `before` says how the
    same person answered before. `places` are those of the conflicts among all.
    """

    unit: str
    question: str
    was: str
    answers: Mapping[str, str]
    choice: str
    words: str
    before: str
    places: Sequence[int]
    conflict: Conflict


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
        answers = {place: self._answer(asked) for asked in self.asked for place in asked.places}
        conflicts = enumerate(self.moved.merged.conflicts)
        return [(conflict, answers[place]) for place, conflict in conflicts if place in answers]

    @property
    def words(self) -> tuple[str, str]:
        """The title and text of the whole plank as they were typed, or as they were settled."""
        if not self.asked:
            return self.title.data or "", self.text.data or ""
        return _words_of(self.moved, [answer for _, answer in self.settled])

    def _answer(self, asked: Asked) -> Settled:
        words = self[asked.words].data or "" if asked.words else ""
        return Settled(Choice(self[asked.choice].data), words)


def rebase_form(moved: Moved, before: Mapping[str, Settlement]) -> RebaseForm:
    """The form for an amendment under which the text has moved; `before` is what its mover settled earlier."""
    title, text = moved.proposed
    begun = {"base": moved.now.name, "title": title, "text": text, "reason": moved.reason}
    if moved.standing is not Standing.TO_SETTLE:
        form = RebaseForm(data=begun)
        form.moved = moved
        return form
    asked = _questions(moved, before)
    kind = type("SettlingForm", (RebaseForm,), _fields(asked))
    typed = {one.words: _typed_before(one, before) for one in asked if one.words}
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


def _questions(moved: Moved, before: Mapping[str, Settlement]) -> list[Asked]:
    """One for each place of conflict; of all that are about the order of the parts, one together."""
    conflicts = moved.merged.conflicts
    order = sorted(about_order(moved.was, moved.now.document, moved.yours, conflicts))
    asked = [_asked(place, one, before) for place, one in enumerate(conflicts) if place not in order]
    return [*asked, *([_asked_order(order, conflicts[order[0]], before)] if order else [])]


def _asked(place: int, conflict: Conflict, before: Mapping[str, Settlement]) -> Asked:
    key, choices = fingerprint(conflict), offered(conflict)
    name, known = f"{key[:12]}_{place}", before.get(key)
    return Asked(
        unit=conflict.unit,
        question="What should this be?" if disputed_kinds(conflict) else "What should it say here?",
        was=conflict.base.strip(),
        answers={choice.value: _label(choice, conflict) for choice in choices},
        choice=f"choice_{name}",
        words=f"words_{name}" if Choice.OWN in choices else "",
        before=_in_words(conflict, known) if known else "",
        places=(place,),
        conflict=conflict,
    )


def _asked_order(places: Sequence[int], first: Conflict, before: Mapping[str, Settlement]) -> Asked:
    known = before.get(fingerprint(first))
    return Asked(
        unit=ORDER,
        question="In which order should they stand?",
        was="",
        answers={choice.value: label for choice, label in _ORDERS.items()},
        choice=f"choice_{ORDER}",
        words="",
        before=_ORDERS.get(known.choice, "") if known else "",
        places=places,
        conflict=first,
    )


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
        fields[one.choice] = RadioField(
            one.question,
            [
                InputRequired("Choose what it should say here." if one.words else "Choose one of the answers."),
                AnyOf(list(one.answers), "Choose one of the answers shown."),
            ],
            choices=dict(one.answers),
            validate_choice=False,
        )
        if not one.words:
            continue
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
    kinds = disputed_kinds(conflict)
    if kinds:
        unit = kinds[0 if choice is Choice.NOW else 1]
        return _KINDS[choice].format(kind=kind_of(unit), words=_quoted(plain(unit.markdown)))
    return _LABELS[choice].format(words=_quoted(words_for(conflict, Settled(choice))))


def _quoted(words: str) -> str:
    shown = summary(" ".join(words.split()), 120)
    return f"“{shown}”" if shown else "nothing, it is removed"


def _words_of(moved: Moved, answers: Sequence[Settled]) -> tuple[str, str]:
    document: Document | None = settled_text(moved.was, moved.now.document, moved.yours, answers)
    return (document.title, document.text) if document else moved.proposed
