"""What the API answers, field by field: the description that programs read, and what answers are held against."""

from typing import Any

from marshmallow import Schema

from app.api import fields


class About(Schema):
    """What goes with everything that leaves the site."""

    disclaimer = fields.said("Compass groups are no parties; which party each is not.")
    imprint = fields.said("Who is responsible for the site in law; empty where none is set.")
    licence = fields.said("Under which licence this may be used.")
    demonstration = fields.truth("Whether members, votes and decisions here are invented.")


class Refusal(Schema):
    """What a refused request is answered: the same envelope for all."""

    code = fields.number("The HTTP status.")
    status = fields.said("The same in words.")
    message = fields.said("What was wrong, and what to do next.")


class GroupNamed(Schema):
    """A Compass group beside what it decided; its name says that it is no party."""

    key = fields.said("labour, lib_dem or green.")
    name = fields.said("Its name in full: “Compass Green group (not the Green Party)”.")


class ThemeNamed(Schema):
    """What a plank is about; no part of what a group backs."""

    slug = fields.said("Its name in addresses.")
    name = fields.said("Its name.")


class ThemeRow(ThemeNamed):
    """A theme, and how much there is of it."""

    planks = fields.number("How many planks can be read and decided on.")
    agreed = fields.number("How many of them all groups back, word for word.")
    url = fields.said("The page of it.")


class Level(Schema):
    """How far the groups agree on one version."""

    key = fields.said("agreed, paused, agreed_in_part, backed_by_two, being_drafted or no_longer_agreed.")
    label = fields.said("The public tag.")


class VersionNamed(Schema):
    """An exact text by its name and its hash."""

    name = fields.said("“3”, or “3.1” after an editorial change.")
    title = fields.said("Its title.")
    sha256 = fields.said("SHA-256 over title and text: title, empty line, text, end of line; UTF-8, NFC, LF.")
    url = fields.said("Its page, for ever.")
    api = fields.said("Its address here.")


class PlankNamed(Schema):
    """A plank by its number."""

    number = fields.number("12.")
    name = fields.said("P12.")
    url = fields.said("Its page.")
    api = fields.said("Its address here.")


class Condition(Schema):
    """The one other text that a group will back, and until when it would have to be adopted."""

    title = fields.said("Its title.")
    sha256 = fields.said("Its hash.")
    by_date = fields.day("The last day.")
    lapsed = fields.truth("Whether that day has passed without it.")


class Stance(Schema):
    """What one group decided on one version. No stance is no opposition."""

    group = fields.nested(GroupNamed)
    kind = fields.maybe(
        fields.said("endorsed, reservation, opt_out, conditional, declined, no_quorum, withdrawn; or null.")
    )
    words = fields.said("The same in words.")
    version = fields.maybe(fields.said("The version that the group decided on; these words may differ in punctuation."))
    decided_at = fields.maybe(fields.moment("When that was published."))
    statement = fields.said("The words of a reservation, or nothing.")
    units = fields.names("The units left out, by id.")
    paused_until = fields.maybe(fields.moment("Until when the group pauses its backing; it does not count until then."))
    condition = fields.maybe(fields.nested(Condition))


class StanceRow(Stance):
    """A stance with the text and the round it belongs to."""

    plank = fields.nested(PlankNamed)
    on = fields.nested(VersionNamed)
    round = fields.maybe(fields.said("The round it came from, such as R7."))


class PlankRow(PlankNamed):
    """A plank: where it stands, what the public reads of it, and what each group decided on those words."""

    theme = fields.nested(ThemeNamed)
    state = fields.said("open, balloting, withdrawn, composited or archived.")
    level = fields.maybe(fields.nested(Level))
    shown = fields.nested(VersionNamed)
    working = fields.nested(VersionNamed)
    stances = fields.several(Stance, "One of each group, on the version shown.")
    opened_at = fields.moment("When it got its number.")
    ended_at = fields.maybe(fields.moment("When it ended."))
    end_reason = fields.said("Why, in words.")


class Plank(PlankRow):
    """A plank with the words the public reads."""

    sentence = fields.said("The stances in one sentence.")
    text = fields.said("The text shown, as Markdown.")
    reason = fields.said("Why its mover proposed it; no part of what a group backs.")
    origin = fields.said("Where an imported text was taken from.")
    licence = fields.said("Under which licence an imported text came, where its file said so.")
    versions = fields.said("The address of all its versions.")


class VersionRow(VersionNamed):
    """A version among those of its plank."""

    plank = fields.nested(PlankNamed)
    cause = fields.said("proposed, imported, amendment, consensus wording, composite or editorial.")
    said = fields.said("What brought it, in words.")
    created_at = fields.moment("When it was written.")


class Unit(Schema):
    """A heading, paragraph, list item, quote or footnote, with an id that survives edits."""

    id = fields.said("Its id.")
    kind = fields.said("What it is.")
    clause = fields.said("Its number in the text; none for headings.")
    level = fields.number("How deep it stands.")
    markdown = fields.said("Its words.")


class Line(Schema):
    """A printed line, as people cite it."""

    number = fields.number("Its number in the text.")
    unit = fields.said("The unit it belongs to.")
    text = fields.said("Its words.")


class Version(VersionRow):
    """A version with its words, and the decisions on exactly these words."""

    text = fields.said("The text as Markdown.")
    level = fields.maybe(fields.nested(Level))
    sentence = fields.said("The stances in one sentence.")
    stances = fields.several(Stance, "One of each group.")
    units = fields.several(Unit, "The text, unit by unit.")
    lines = fields.several(Line, "The text, line by line; empty for texts from before lines were kept.")


class Amendment(Schema):
    """An amendment with the words it proposes. Who moved it is told by group alone."""

    name = fields.said("P12-A3.")
    plank = fields.nested(PlankNamed)
    state = fields.said("Where it stands.")
    words = fields.said("The same in words.")
    group = fields.nested(GroupNamed)
    base = fields.said("The version it edits.")
    title = fields.said("The title as amended.")
    text = fields.said("The text as amended, as Markdown.")
    sha256 = fields.said("The hash of the two.")
    reason = fields.said("Why.")
    is_consensus = fields.truth("Whether it is a consensus wording.")
    opened_at = fields.moment("Since when its words are before the groups.")
    ended_at = fields.maybe(fields.moment("When it was decided or ended."))
    url = fields.said("Its page.")
    api = fields.said("Its address here.")


class Figures(Schema):
    """A group's count, where it may be shown."""

    yes = fields.number("Yes.")
    no = fields.number("No.")
    abstain = fields.number("Abstained.")


class Result(Schema):
    """One group's result on one question. Small cells show less: see /how-decisions-are-made."""

    group = fields.nested(GroupNamed)
    question = fields.said("“text” for the whole, “A3” for an amendment, “U1” for a part voted on by itself.")
    asked = fields.said("What was asked, in words.")
    outcome = fields.said("carried, not_carried or no_quorum. A quorum missed is no rejection.")
    decision = fields.said("What that decided, in words: a withdrawal that is carried is no backing.")
    said = fields.said("The result in a sentence, as far as it is shown.")
    band = fields.maybe(fields.said("A rough share, from 10 votes."))
    figures = fields.maybe(fields.nested(Figures))
    roll = fields.number("How many could vote.")
    standing_orders = fields.number("Under which version of the group’s standing orders.")
    is_advice = fields.truth("Whether it advises the group and decides nothing.")


class RoundNamed(Schema):
    """A round by its number."""

    number = fields.number("7.")
    name = fields.said("R7.")
    url = fields.said("Its page.")
    api = fields.said("Its address here.")


class Round(RoundNamed):
    """A round: one question to one or more groups at once. Nothing of turnout or result before it is published."""

    plank = fields.nested(PlankNamed)
    version = fields.nested(VersionNamed)
    kind = fields.said("endorsement or amendments.")
    state = fields.said("prepared (its notice runs), open, closed, published, cancelled or annulled.")
    groups = fields.several(GroupNamed, "Those that vote.")
    opens_at = fields.moment("When voting opens.")
    closes_at = fields.moment("When it closes.")
    published_at = fields.maybe(fields.moment("When all its results were published."))
    ended_reason = fields.said("Why it was cancelled or annulled.")
    is_rerun = fields.truth("Whether it repeats a round that lacked a quorum.")


class RoundWithResults(Round):
    """A round with its results, group by group: they are never added up."""

    results = fields.several(Result, "Empty before publication.")
    file = fields.maybe(fields.said("The file by which anybody counts it again, once published."))


class Decision(Result):
    """A decision of a group, as the register has it."""

    round = fields.nested(RoundNamed)
    plank = fields.nested(PlankNamed)
    version = fields.nested(VersionNamed)
    published_at = fields.moment("When it was published.")


class StandingOrders(Schema):
    """The rules a group decides by, in force today."""

    version = fields.number("Their number.")
    since = fields.day("From when they hold.")
    effect = fields.said("binding or consultative.")
    quorum_mode = fields.said("approval (yes votes count) or participation (votes cast count).")
    quorum = fields.said("The share of the roll.")
    threshold = fields.said("The share of yes and no.")
    threshold_is_strict = fields.truth("Whether more than that is needed, or as much.")
    minority = fields.said("From which share a failed amendment is kept as a minority position.")
    ballot_days = fields.number("How long it votes.")
    notice_days = fields.number("How long before that it is told.")
    qualifying_days = fields.number("How long one has to belong to vote.")
    rerun_after_days = fields.number("After how many days a round without quorum is repeated.")
    retabling_after_days = fields.number("After how many days what failed may be put again.")


class Group(GroupNamed):
    """A Compass group: what it says of itself and by which rules it decides."""

    letter = fields.said("By what it is told apart without colour.")
    statement = fields.said("Its launch statement, as Markdown; empty before it published one.")
    statement_at = fields.maybe(fields.moment("When that was published."))
    office = fields.names("Where its clerks are reached, as they published it, line by line.")
    standing_orders = fields.nested(StandingOrders)
    url = fields.said("Its page.")


class MpNamed(Schema):
    """An MP by number and name."""

    number = fields.number("The number in addresses here.")
    name = fields.said("The name, as the register writes it.")
    url = fields.said("The page.")


class Mp(MpNamed):
    """An MP as the public register has them."""

    register_id = fields.maybe(fields.said("The id in that register; null for the made-up."))
    seat = fields.said("The seat.")
    gss = fields.maybe(fields.said("The seat’s GSS code."))
    party = fields.said("The party, as the register writes it.")
    group = fields.maybe(fields.nested(GroupNamed))
    is_sitting = fields.truth("Whether the MP sits now.")
    is_made_up = fields.truth("Whether this is nobody, made up for a demonstration.")
    api = fields.said("The address here.")


class Position(Schema):
    """What an MP said of one exact version: personal, never a group’s."""

    mp = fields.nested(MpNamed)
    plank = fields.nested(PlankNamed)
    version = fields.said("The version.")
    kind = fields.said("supports, reservation, will_not or considering.")
    words = fields.said("The same in words.")
    statement = fields.said("The words of a reservation.")
    state = fields.said("confirmed, or historical once the seat was vacated.")
    party = fields.said("The MP’s party when it was recorded.")
    recorded_at = fields.moment("When.")
    ended_at = fields.maybe(fields.moment("When it became history."))


class Event(Schema):
    """Something that became public."""

    name = fields.said("Its lasting name.")
    at = fields.moment("When.")
    what = fields.said("What, in a line.")
    detail = fields.said("More, in a few words.")
    url = fields.said("The page it is about.")


class Subject(Schema):
    """What a row of the record is about."""

    kind = fields.said("plank, version, amendment, round, stance, position or mp.")
    name = fields.said("What it is called.")


class RecordRow(Schema):
    """A row of the record of changes, as everybody may read it."""

    at = fields.moment("When.")
    act = fields.said("What was done, as the record names it.")
    words = fields.said("The same in words.")
    subject = fields.maybe(fields.nested(Subject))
    by = fields.said("Who did it: a group by its ballot, a member of a group, or the service.")


def one(name: str, schema: type[Schema]) -> type[Schema]:
    """The answer that holds one thing."""
    return _answer(f"One{schema.__name__}", {name: fields.nested(schema)})


def many(name: str, schema: type[Schema], *, goes_on: bool = True) -> type[Schema]:
    """The answer that holds a list, and where it goes on."""
    on = fields.maybe(fields.said("The address of the rows that follow; null at the end of the list."))
    return _answer(
        f"Many{schema.__name__}", {name: fields.several(schema, "The rows."), **({"next": on} if goes_on else {})}
    )


def _answer(name: str, held: dict[str, Any]) -> type[Schema]:
    return Schema.from_dict({"about": fields.nested(About), **held}, name=name)
