"""What an address of a file names: the thing, found within what the person may see, and the form it is wanted in."""

from dataclasses import dataclass

from app.amendments import queries as amendments
from app.models import Amendment, Plank
from app.papers.paper import Form
from app.planks import queries as planks
from app.platform import queries as platform
from app.platform.queries import VersionOfPlank
from policies.permissions import Actor, AmendmentFacts, PlankFacts


@dataclass(frozen=True)
class VersionInForm:
    """One version of a plank as a file."""

    found: VersionOfPlank
    form: Form

    def facts_for(self, actor: Actor) -> PlankFacts:
        """Those of its plank."""
        return self.found.facts_for(actor)


@dataclass(frozen=True)
class PlankInForm:
    """A plank, something of which is wanted as a file."""

    plank: Plank
    form: Form

    def facts_for(self, actor: Actor) -> PlankFacts:
        """Those of the plank."""
        return self.plank.facts_for(actor)


@dataclass(frozen=True)
class AmendmentInForm:
    """An amendment as a file."""

    amendment: Amendment
    form: Form

    def facts_for(self, actor: Actor) -> AmendmentFacts:
        """Those of the amendment."""
        return self.amendment.facts_for(actor)


def version_in_form(actor: Actor, ref: str, name: str, form: str) -> VersionInForm:
    """A version; raises `NotThere` whether absent or not to be seen."""
    return VersionInForm(platform.version_of_plank(actor, ref, name), Form(form))


def plank_in_form(actor: Actor, ref: str, form: str) -> PlankInForm:
    """A plank; raises `NotThere` whether absent or not to be seen."""
    return PlankInForm(planks.visible(actor, ref), Form(form))


def amendment_in_form(actor: Actor, ref: str, form: str) -> AmendmentInForm:
    """An amendment; raises `NotThere` whether absent or not to be seen."""
    return AmendmentInForm(amendments.visible(actor, ref), Form(form))
