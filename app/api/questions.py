"""What an address of the API may be asked: by names it knows, each once, in a shape that is described."""

import re
from datetime import UTC, datetime
from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf, Range
from webargs.flaskparser import FlaskParser

from app.api import cursors
from app.web.backing import listed
from policies.agreement import LevelKey
from policies.amendments import AmendmentStage
from policies.ballots import Outcome, RoundKind, RoundStage
from policies.endorsements import Backing, StanceKind
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS, GROUPS
from policies.planks import PUBLIC_STAGES, THEME_CHARACTERS, Stage
from policies.positions import PositionKind

USUAL_ROWS, MOST_ROWS = 30, 100
Asked = dict[str, Any]
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")
_WHOLE_OF_ANY_LENGTH = re.compile(r"[1-9][0-9]*")


class QuestionParser(FlaskParser):
    """Reads the questions of an address, and refuses in words what it cannot answer."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": RAISE}
    DEFAULT_VALIDATION_STATUS = 400

    def load_querystring(self, req: Any, schema: Schema) -> Any:
        """The questions, each asked once."""
        twice = sorted(name for name in req.args if len(req.args.getlist(name)) > 1)
        if twice:
            raise NotUnderstood(f"The address asks for {listed(twice)[:80]} more than once. Ask for each once.")
        return super().load_querystring(req, schema)

    def handle_error(self, error: ValidationError, req: Any, schema: Schema, **_more: Any) -> Any:
        """Say which question is wrong and what it may be; raises `NotUnderstood`."""
        messages: dict[str, Any] = error.normalized_messages().get("query", {})
        known = list(schema.fields)
        if set(messages) - set(known):
            knows = f"It knows {listed(known)}." if known else "It knows no questions."
            raise NotUnderstood(f"The address asks for something this list does not have. {knows}")
        name = next(iter(messages), "address")
        raise NotUnderstood(f"{name}: {' '.join(messages.get(name, ['This could not be read.']))}")


class ApiBlueprint(Blueprint):
    """A blueprint of the API, whose questions are read so."""

    ARGUMENTS_PARSER = QuestionParser()


class Word(fields.String):
    """One of some words."""

    def __init__(self, words: Any, description: str) -> None:
        """`words` are those there are."""
        known = [str(word) for word in words]
        super().__init__(
            validate=OneOf(known, error=f"There is no such value. Choose one of {listed(known)}."),
            metadata={"description": description},
        )


class Whole(fields.Integer):
    """A whole number from 1, as addresses write one: no sign, no leading zero, no other figures than 0 to 9."""

    def __init__(self, most: int, refusal: str, description: str) -> None:
        """At most so much; anything else is refused in these words."""
        super().__init__(validate=Range(1, most, error=refusal), metadata={"description": description})
        self._refusal = refusal

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if not _WHOLE.fullmatch(str(value)):
            raise ValidationError(self._refusal)
        return int(value)


class Rows(fields.Integer):
    """How many rows are wanted, written as any whole number here; more than a page has is a whole page."""

    def __init__(self) -> None:
        """A page of the usual length unless told."""
        about = (
            f"How many rows at most, {USUAL_ROWS} unless told. Whoever asks for more than {MOST_ROWS} gets {MOST_ROWS}."
        )
        super().__init__(validate=Range(1), load_default=USUAL_ROWS, metadata={"description": about})

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if not _WHOLE_OF_ANY_LENGTH.fullmatch(str(value)):
            raise ValidationError(f"Ask for 1 to {MOST_ROWS} rows at a time, and follow “next” for more.")
        return min(int(str(value)[:9]), MOST_ROWS)


class PastMoment(fields.AwareDateTime):
    """A moment with its time zone, as ISO 8601 writes it; without one it is taken for UTC."""

    default_error_messages = {
        "invalid": "Write a date and time such as 2026-05-03T00:00:00Z.",
        "format": "Write a date and time such as 2026-05-03T00:00:00Z.",
    }

    def __init__(self, description: str) -> None:
        """Described, with the one way of writing it."""
        super().__init__(format="iso", default_timezone=UTC, metadata={"description": description})

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        try:
            return super()._deserialize(value, attr, data, **kwargs).astimezone(UTC)
        except (OverflowError, ValueError):
            raise self.make_error("invalid", input=value, obj_type="datetime") from None


class Nothing(Schema):
    """An address that is asked nothing but what it is."""


class Paging(Schema):
    """How much of a list is wanted, and from where."""

    limit = Rows()
    cursor = fields.String(
        validate=Length(1, cursors.LONGEST, error=cursors.STALE),
        metadata={"description": "Where to go on, from the address under “next”. It cannot be made up."},
    )


def theme() -> fields.String:
    """A theme, by the name that stands in its address."""
    return fields.String(
        validate=Length(1, THEME_CHARACTERS, error="There is no such theme. /api/v1/themes lists those there are."),
        metadata={"description": "The slug of a theme, from /themes."},
    )


def plank_number() -> Whole:
    """A plank, by its public number."""
    refusal = "Write the number of a plank, such as 12 for P12."
    return Whole(999_999, refusal, "The public number of a plank: 12 for P12.")


def group(description: str) -> Word:
    """A Compass group."""
    return Word(GROUP_KEYS, description)


def changed_since() -> PastMoment:
    """A moment after which something happened."""
    return PastMoment("Only what changed at or after this moment.")


PlankStates = sorted(stage.value for stage in {*PUBLIC_STAGES, Stage.WITHDRAWN})
PublicAmendments = [stage.value for stage in AmendmentStage if stage not in {AmendmentStage.DRAFT}]


class _AskedPlanks(Paging):
    """Which planks are wanted."""

    theme = theme()
    level = Word(LevelKey, "How far the groups agree on the words shown.")
    state = Word(PlankStates, "Where the plank stands.")
    changed_since = changed_since()


AskedPlanks = _AskedPlanks.from_dict(
    {group.key: Word(Backing, f"What the {group.full_title} did with the words shown.") for group in GROUPS},
    name="AskedPlanks",
)


class AskedStances(Paging):
    """Which stances are wanted."""

    group = group("The group that decided.")
    plank = plank_number()
    kind = Word(StanceKind, "What it decided.")
    changed_since = PastMoment("Only what was decided at or after this moment.")


class AskedAmendments(Paging):
    """Which amendments are wanted."""

    plank = plank_number()
    group = group("The group of whoever moved it.")
    state = Word(PublicAmendments, "Where the amendment stands.")


class AskedRounds(Paging):
    """Which rounds are wanted."""

    plank = plank_number()
    kind = Word(RoundKind, "What was asked.")
    state = Word(RoundStage, "Where the round stands.")


class AskedDecisions(Paging):
    """Which decisions are wanted."""

    group = group("The group that decided.")
    theme = theme()
    outcome = Word(Outcome, "What the count said.")
    kind = Word(RoundKind, "What was asked.")
    year = Whole(2200, "Write a year, such as 2026.", "The year of publication.")


class AskedMps(Paging):
    """Which MPs are wanted."""

    group = group("The group whose party the MP belongs to; no statement of that group.")


class AskedPositions(Paging):
    """Which positions are wanted."""

    plank = plank_number()
    mp = Whole(999_999, "Write the number of an MP, as /api/v1/mps gives it.", "The number of an MP.")
    kind = Word(PositionKind, "What the MP said.")
