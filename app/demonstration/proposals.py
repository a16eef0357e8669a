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
    "appealed": Proposal(
        "housing",
        "Repairs within a month",
        "Every landlord must mend what makes a home cold, damp or unsafe within a month of being told.",
        "Those who rent should not wait for a second winter.",
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
    "night_trains": Proposal(
        "transport",
        "Night trains between the nations",
        "A night train must run every evening between London and Edinburgh, Cardiff, and the ferry for Belfast.\n\n"
        "A seat on it should cost no more than the cheapest flight of that day.",
        "People fly because the last train is too early.",
    ),
    "rail_to_the_sea": Proposal(
        "transport",
        "Rail to every port",
        "Every port with a ferry for passengers must have a train that waits for the boat.\n\n"
        "Bicycles travel free on the train and on the boat.",
        "A ferry that nobody can reach by train is a ferry for cars.",
    ),
    "one_ticket": Proposal(
        "transport",
        "One ticket for the whole journey",
        "One ticket must be enough for train, bus and ferry, whoever runs them.\n\n"
        "If the first of them is late, the next one waits or the traveller is taken along without paying again.",
        "Three tickets are three chances to be stranded.",
    ),
}

COMPOSITE_TITLE = "Travel through Britain without flying"
COMPOSITE_REASON = "These belong together: a night train is of little use where no ticket and no boat goes with it."
