"""What the demonstration's members proposed: texts for planks that are on their way, or came to an end."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proposal:
    """A plank as a member wrote it."""

    theme_slug: str
    title: str
    text: str
    reason: str


PROPOSALS: dict[str, Proposal] = {
    "draft": Proposal(
        "nature-and-food",
        "A right to grow",
        "Every council must keep a public map of land where people may grow food.\n\n"
        "Anybody may ask to use a plot that has lain idle for two years.",
        "Growing food is good for people and for soil.",
    ),
    "seeking": Proposal(
        "transport",
        "A bench at every bus stop",
        "Every bus stop with a shelter must have a seat with arms and a back by 2031.\n\n"
        "Councils should begin with the stops that older people use most. The cost is met from the budget for buses.",
        "Many people can walk to the stop but cannot stand there.",
    ),
    "checking": Proposal(
        "health-and-care",
        "A dentist within an hour’s journey",
        "Everybody must be able to see a dentist of the National Health Service within an hour’s journey of home.\n\n"
        "- Where there is none, the local health board will open a practice of its own.\n"
        "- New dentists should be paid more to work where they are fewest.\n\n"
        "The health department must report on this every year, by district.",
        "Pain that is left alone ends in hospital.",
    ),
    "lapsed": Proposal(
        "education",
        "A school garden for every school",
        "Every primary school should have a garden that pupils plan, dig and harvest themselves.",
        "Children eat what they have grown.",
    ),
    "ruled_out": Proposal(
        "housing",
        "Student rents and the school year",
        "Rents in student halls should rise no faster than student loans.\n\n"
        "The school year should begin in the second week of September.",
        "Both would make life easier for families.",
    ),
    "withdrawn": Proposal(
        "local-government",
        "One website for all councils",
        "All councils in England should use one website, run by a body that belongs to them jointly.",
        "It would be cheaper, and easier to find one’s way about.",
    ),
    "archived": Proposal(
        "work-and-pay",
        "Tips belong to those who earned them",
        "Tips and service charges must be passed on to the workers in full, and shared by a written rule.",
        "People who leave a tip mean it for those who served them.",
    ),
}
