"""The words a reader meets and what each means: defined here once, for the glossary and for `docs/words.md`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word and what it means, in the words of `docs/words.md`; `more` is what a reader asks next."""

    word: str
    means: str
    more: str = ""

    @property
    def key(self) -> str:
        """Where on the page it stands for ever: "minority-position"."""
        return self.word.replace(" ", "-")


# In the order of the alphabet, since that is how one looks a word up.
TERMS: tuple[Term, ...] = (
    Term(
        "agreed version",
        "what the public reads as agreed; it moves only when every group backs a newer one whole",
        "While members work on newer words, the agreed ones stay where they are.",
    ),
    Term(
        "amendment",
        "an edit of one base version, made by editing the text; P12-A3 once it is open",
        "It is adopted when nobody objects in time or, once a group has decided on the text, when every group carries"
        " it in a ballot.",
    ),
    Term("ballot", "the binding secret vote of one group in a round", "Votes are never added up across groups."),
    Term(
        "bracket",
        "what stands round a unit that not every group has backed in exactly these words",
    ),
    Term(
        "clerk",
        "an officer of a group; a clerk's act counts once for the group",
        "Clerks check planks, open rounds and answer for their group's part in the platform.",
    ),
    Term(
        "composite",
        "a new plank put together from units of two or more, with where each came from; it begins with no backing",
        "The planks it came from stay readable.",
    ),
    Term(
        "condition",
        "another exact text, named by its hash, that a group would back if it is adopted by a day",
        "It counts for nothing before.",
    ),
    Term(
        "consensus wording",
        "another wording offered to an amendment's mover; accepted, it becomes an amendment of that mover and the first"
        " one is superseded",
        "Refused, the original goes to the vote.",
    ),
    Term(
        "difference",
        "what a group said of a version that is not plain backing: a reservation, an opt-out, a no, a withdrawal;"
        " silence is none",
    ),
    Term(
        "edition",
        "the agreed planks at one moment, with every group’s stance on them: numbered, dated, signed, never changed",
        "Whoever cites words that must not move cites an edition.",
    ),
    Term(
        "editorial change",
        "mended case, punctuation, quotation marks, dashes or spacing, with a yes of a clerk of every group: version"
        " 2.1, for which the stances on 2 count",
    ),
    Term(
        "endorsement",
        "a group's backing of one exact version, carried in its own ballot: whole, with a reservation, or with an"
        " opt-out",
    ),
    Term(
        "fingerprint",
        "the hash (SHA-256) of a version's title and text: 64 signs, which are others as soon as one letter is",
        "Anybody can work it out again and see that the words are those that were voted on.",
    ),
    Term(
        "level",
        "how far the groups agree on a version, derived from their stances: the public tag",
        "Agreed, agreed in part, backed by all groups but one, being drafted, or no longer agreed.",
    ),
    Term(
        "minority position",
        "an amendment that was not carried, but had in a group the share that its standing orders name; kept beside"
        " the text",
    ),
    Term(
        "mover",
        "who proposes a plank or an amendment; never named unless that member chose so",
    ),
    Term(
        "no quorum",
        "too few members took part, twice, so that the group made no decision; that is not a rejection",
    ),
    Term(
        "opt-out",
        "a group backs a text except named units, which stand in brackets for it; that counts in part",
        "The plank can then be agreed in part, never agreed whole.",
    ),
    Term(
        "pause",
        "a group's backing of a version does not count for some days, at most 14: set by two of its clerks with a"
        " reason, once a version",
        "Afterwards it counts again by itself.",
    ),
    Term(
        "plank",
        "one self-contained policy position: 250 words advised, 600 at most; P12 once it is public",
    ),
    Term("platform", "the ordered set of planks with their agreed versions"),
    Term(
        "position",
        "what an MP says of one exact version, personally; never a group's, never part of a level",
        "“No position recorded” says nothing for or against.",
    ),
    Term(
        "quorum",
        "how many members of a group must vote yes, or vote at all, for its ballot to decide anything",
        "Each group's standing orders name the share, and which of the two is counted.",
    ),
    Term(
        "rebase",
        "to bring an amendment onto newer words, when the text it was written on has moved",
        "Its mover does that, and sees the old words, the new ones and the own ones beside each other.",
    ),
    Term(
        "receipt",
        "the random number that a voter keeps: it shows that a paper was counted, and not what it says",
    ),
    Term(
        "reference back",
        "an open plank is with its drafters, by clerks of two groups; no decision on merits; a new text or its mover's"
        " answer ends it",
    ),
    Term(
        "reservation",
        "a group backs a text and records a statement, which is printed beside it; that counts",
    ),
    Term(
        "roll",
        "the frozen list of members who may vote in a ballot",
        "It is frozen when the round opens, and its size is published with the result.",
    ),
    Term(
        "round",
        "one question put to one or more groups at the same time: R7; of kind endorsement or amendments",
        "All results of a round are published at the same moment.",
    ),
    Term(
        "seconder",
        "who enables it to be considered: for a plank one of the mover's own group and one of another, for an amendment"
        " one of another group",
    ),
    Term(
        "separate vote",
        "a vote on named units before the vote on the whole; one that is not carried is left out of the backing",
    ),
    Term(
        "stance",
        "a group's decision on one exact version",
        "When the text is amended it stays with the older words, and the newer words start with none.",
    ),
    Term(
        "standing orders",
        "a group's dated, versioned rules: quorum, threshold, periods; one clerk proposes other ones, another confirms;"
        " a round keeps those it was prepared under",
    ),
    Term(
        "temperature check",
        "a member's non-binding reading of a version on five levels; a group's are shown as one rough word, from ten"
        " on",
    ),
    Term(
        "threshold",
        "how much of yes and no must be yes for a ballot to carry; abstentions are on neither side, and a tie never"
        " carries",
    ),
    Term(
        "unit",
        "a paragraph, heading, list item, quote or footnote of a version; its id survives edits",
        "Units are numbered so that each can be named: “clause 2” is the second of a text.",
    ),
    Term(
        "version",
        "immutable title and text of a plank, with a number, a hash (sha256) and a cause",
        "A group backs a version, never a plank as such.",
    ),
    Term("withdrawal", "a group takes back, by a ballot, its backing of a version; the words stay readable"),
    Term("working version", "what members discuss and amend"),
)
