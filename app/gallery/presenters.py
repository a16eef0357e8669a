"""What the gallery shows: made-up words, plainly so, in every state that a part can have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.amendments.presenters import Comparison, compared
from app.ballots.results import Bar, ShownBallot
from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import LAPSED_WORDS, NONE_YET, PAUSED, PAUSED_WORDS, Cell, PlankCard
from app.gallery import forms, tokens
from app.gallery.forms import SampleForm
from app.gallery.tokens import Scheme
from app.platform.history import Step
from app.platform.matrix import Row
from app.platform.ordering import ORDER_WORDS, Order
from app.results.timeline import HEAD, STEP, Lane, Mark, Timeline
from app.results.timeline import Step as VersionStep
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import summary
from app.web.markup import rendered
from app.web.paging import Page
from policies.agreement import Level, LevelKey
from policies.endorsements import NO_STANCE, STANCE_WORDS, StanceKind
from policies.groups import GROUPS, Group
from policies.text.lines import printed_lines
from policies.text.units import Document, read_units

TITLE = "A bench at every bus stop"
TEXT = """# What we ask for

Every bus stop in the made-up county will have a bench by 2030, and a roof where *ten people* wait in an hour.

- Work begins with stops near a surgery.
- Work goes on with stops near a school.

> A stop without a bench is a stop for the strong alone.

The county says each year which stops still have none.[^1]

[^1]: This text is an example. Nobody has proposed it."""
CHANGED = (
    TEXT.replace("2030", "2032").replace("- Work goes on with stops near a school.\n", "").replace("alone", "only")
)
SENTENCE = (
    "The Compass Labour and Green groups back version 1; the Compass Lib Dem group decided not to back version 1."
)


@dataclass(frozen=True)
class GalleryPage:
    """Every part with its states, and the tokens of the look."""

    levels: Sequence[Level]
    decisions: Sequence[tuple[str, Sequence[Cell]]]
    cards: Sequence[PlankCard]
    rows: Sequence[Row]
    orders: Mapping[str, Order]
    groups: Sequence[Group]
    nodes: Sequence[ShownNode]
    actions: Mapping[str, Sequence[tuple[str, str]]]
    comparison: Comparison
    ballots: Sequence[ShownBallot]
    timeline: Timeline
    steps: Sequence[Step]
    paging: Page
    sentence: str
    asked: SampleForm
    wrong: SampleForm
    schemes: Sequence[Scheme]
    sizes: Sequence[tuple[str, str]]


def gallery_page() -> GalleryPage:
    """All of it; nothing is read from the database."""
    units = read_units(TEXT)
    backed = _cells("✓", "Backs it", "endorsed")
    part = (backed[0], _cell(GROUPS[1], STANCE_WORDS[StanceKind.OPT_OUT], "opt_out", "Not clause 2"), backed[2])
    two = (backed[0], _cell(GROUPS[1], STANCE_WORDS[StanceKind.DECLINED], "declined"), backed[2])
    return GalleryPage(
        levels=[level_named(key) for key in READING_ORDER],
        decisions=_decisions(),
        cards=[_card(LevelKey.AGREED, backed), _card(LevelKey.AGREED_IN_PART, part, note="Referred back")],
        rows=[_row(LevelKey.AGREED, backed), _row(LevelKey.BACKED_BY_ALL_BUT_ONE, two)],
        orders={key: _order(key) for key in ORDER_WORDS},
        groups=GROUPS,
        nodes=shown_nodes(units, rendered(units), {units[3].unit_id}, printed_lines(units)),
        actions={unit.unit_id: [("Amend", "#document"), ("History", "#document")] for unit in units[1:3]},
        comparison=compared(Document.read(TITLE, TEXT), Document.read(f"{TITLE} and tram stop", CHANGED)),
        ballots=_ballots(),
        timeline=_timeline(),
        steps=_steps(),
        paging=Page((), 2, 3, 70),
        sentence=SENTENCE,
        asked=forms.asked(),
        wrong=forms.answered_wrongly(),
        schemes=tokens.schemes(),
        sizes=tokens.sizes(),
    )


def _cell(group: Group, words: tuple[str, str], kind: str, note: str = "") -> Cell:
    return Cell(group, kind, *words, note)


def _cells(glyph: str, word: str, kind: str, note: str = "") -> tuple[Cell, ...]:
    return tuple(_cell(group, (glyph, word), kind, note) for group in GROUPS)


def _decisions() -> list[tuple[str, Sequence[Cell]]]:
    """All three groups in each state that a group's cell can have."""
    states = [(kind.value, words, kind.value, "") for kind, words in STANCE_WORDS.items()]
    states.append(("conditional, lapsed", LAPSED_WORDS, "conditional", ""))
    states.append((PAUSED, PAUSED_WORDS, PAUSED, "Backs it, paused until 8 December 2026"))
    states.append((NONE_YET, NO_STANCE, NONE_YET, ""))
    return [(name, _cells(*words, kind, note)) for name, words, kind, note in states]


def _card(key: LevelKey, cells: Sequence[Cell], note: str = "") -> PlankCard:
    return PlankCard(
        "#card",
        "P12",
        TITLE,
        "Transport",
        "#card",
        level_named(key),
        cells,
        SENTENCE,
        summary(TEXT.split("\n\n")[1]),
        note,
    )


def _row(key: LevelKey, cells: Sequence[Cell]) -> Row:
    return Row(
        "P12",
        TITLE,
        "#matrix",
        "Transport",
        "#matrix",
        level_named(key),
        "1",
        "#matrix",
        "2",
        "#matrix",
        cells,
        "3 positions",
        "#matrix",
    )


def _order(key: str) -> Order:
    is_current = key == "agreement"
    name, runs, _ = ORDER_WORDS[key]
    return Order(key, name, runs, "#matrix", is_current, "descending" if is_current else "none")


def _ballots() -> list[ShownBallot]:
    """Exact figures, a band, a missed quorum."""
    labour, lib_dem, green = GROUPS
    return [
        ShownBallot(labour, "Backs it", "70 yes, 31 no, 6 abstained.", Bar(65.4, 29.0, 5.6, 50, 43)),
        ShownBallot(lib_dem, "Backs it", "Carried, with a majority in favour.", None, 3),
        ShownBallot(green, "No decision", "21 yes, 20 no: no quorum.", Bar(47.7, 45.5, 6.8, 50, 104.5)),
    ]


def _timeline() -> Timeline:
    lanes = [Lane(group, x, "") for group, x in zip(GROUPS, (45.0, 67.0, 89.0), strict=True)]
    rows = [VersionStep("2", HEAD + STEP // 2), VersionStep("1", HEAD + STEP + STEP // 2)]
    held = [(0, 0, "✓*", True), (0, 1, "✗", False), (1, 0, "✓", True), (1, 1, "✓", True), (1, 2, "◐", True)]
    marks = [Mark(GROUPS[lane], lanes[lane].x, rows[row].y, glyph, backs) for row, lane, glyph, backs in held]
    return Timeline(HEAD + STEP * 2, lanes, rows, marks, "An example of three lanes and two versions.", 0)


def _steps() -> list[Step]:
    return [
        Step("19 August 2026", "Version 1", "#steps", "Proposed by a member of the Compass Green group."),
        Step("5 October 2026", "Result of round R4", "#steps", "Whether to back version 1."),
        Step("26 November 2026", "Opened to the public as P12"),
    ]
