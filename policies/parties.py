"""Parties of the Commons as registers write them, and whose group's party each is: an MP's party is never a group."""

import re
import unicodedata
from dataclasses import dataclass

PARTY_CHARACTERS = 80


@dataclass(frozen=True)
class Party:
    """One party: its name in plain words, the key of the group whose party it is, and how registers spell it."""

    name: str
    group: str | None
    spellings: tuple[str, ...] = ()
    is_co_operative: bool = False


LABOUR = Party("Labour", "labour", ("Labour Party", "The Labour Party", "Lab"))
# Sister parties that sit as one: such an MP takes Labour's whip, so the party of both is Labour's.
LABOUR_CO_OPERATIVE = Party(
    "Labour and Co-operative",
    "labour",
    (
        "Labour (Co-op)",
        "Labour (Co-operative)",
        "Labour Co-op",
        "Labour and Co-op",
        "labourco-operative",
        "Labour/Co-operative",
        "Labour & Co-operative",
        "Labour and Co-operative Party",
        "Labour Party and Co-operative Party",
        "Labour Party / Co-operative Party",
        "Labour (and Co-operative)",
        "Lab Co-op",
        "Lab/Co-op",
    ),
    is_co_operative=True,
)
LIBERAL_DEMOCRATS = Party(
    "Liberal Democrats", "lib_dem", ("Liberal Democrat", "The Liberal Democrats", "Lib Dem", "Lib Dems")
)
GREEN = Party(
    "Green Party of England and Wales",
    "green",
    ("Green Party", "The Green Party", "Green", "Greens", "Green Party (England and Wales)"),
)
SCOTTISH_GREENS = Party("Scottish Greens", None, ("Scottish Green Party", "Scottish Green", "Green Party (Scotland)"))
NORTHERN_IRELAND_GREENS = Party(
    "Green Party Northern Ireland",
    None,
    (
        "Green Party in Northern Ireland",
        "Green Party (Northern Ireland)",
        "Green Party of Northern Ireland",
        "Green Party (NI)",
        "Green Party NI",
        "Northern Ireland Greens",
    ),
)

PARTIES: tuple[Party, ...] = (
    LABOUR,
    LABOUR_CO_OPERATIVE,
    LIBERAL_DEMOCRATS,
    GREEN,
    SCOTTISH_GREENS,
    NORTHERN_IRELAND_GREENS,
    Party("Liberal Party", None, ("Liberal", "The Liberal Party")),
    Party("Alliance", None, ("Alliance Party", "Alliance Party of Northern Ireland")),
    Party("Conservative", None, ("Conservatives", "Conservative Party", "Conservative and Unionist Party", "Con")),
    Party("Democratic Unionist Party", None, ("DUP",)),
    Party("Independent", None, ("Ind",)),
    Party("Plaid Cymru", None, ("Plaid Cymru – The Party of Wales",)),
    Party("Reform UK", None, ("Reform",)),
    Party("Restore Britain", None),
    Party("Scottish National Party", None, ("SNP", "Scottish National Party (SNP)")),
    Party("Sinn Féin", None),
    Party("Social Democratic & Labour Party", None, ("SDLP", "SDLP (Social Democratic & Labour Party)")),
    Party("Speaker", None, ("The Speaker", "Speaker seeking re-election")),
    Party("Traditional Unionist Voice", None, ("TUV", "Traditional Unionist Voice – TUV")),
    Party("Ulster Unionist Party", None, ("UUP",)),
    Party("Workers Party of Britain", None, ("Workers Party",)),
    Party("Your Party", None),
)

# The first letter of a seat's GSS code is its nation; two nations have a Green party of their own.
GREENS_ELSEWHERE: dict[str, Party] = {"S": SCOTTISH_GREENS, "N": NORTHERN_IRELAND_GREENS}


def party_of(written: str, gss: str = "") -> Party | None:
    """The party a register means by `written`, for a seat with the code `gss`; nothing for a spelling unknown here.

    There are three separate Green parties. Only that of England and Wales is the party of the Compass Green group; the
    Scottish Greens and the Green Party Northern Ireland are parties of their own, as "Liberal" is not Liberal Democrat.
    Registers call each of the three "Green Party", so where the name leaves it open the nation of the seat tells them
    apart. In doubt an MP counts for no group.
    """
    found = _BY_SPELLING.get(_spelling(written))
    if found is GREEN and not _names_england(written):
        return GREENS_ELSEWHERE.get(gss[:1], found)
    return found


def group_of(written: str, gss: str = "") -> str | None:
    """The key of the group whose party this is; nothing for other parties, the Speaker, Independents, and unknown."""
    found = party_of(written, gss)
    return None if found is None else found.group


def is_same_party(one: str, other: str) -> bool:
    """Whether two spellings mean one party: "Labour" and "Labour (Co-op)" do, for both take one whip."""
    first, second = party_of(one), party_of(other)
    if first is None or second is None:
        return _spelling(one) == _spelling(other)
    return first is second or (first.group is not None and first.group == second.group)


def _names_england(written: str) -> bool:
    return "england" in _spelling(written)


def _spelling(written: str) -> str:
    """The letters alone, without case, marks and accents: registers differ in those most."""
    plain = unicodedata.normalize("NFKD", written.replace("&", " and ")).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


_BY_SPELLING: dict[str, Party] = {
    _spelling(spelling): party for party in PARTIES for spelling in (party.name, *party.spellings)
}
