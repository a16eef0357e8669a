"""The fields of Popolo's shapes, with two of ours: what a vote decided, and its result as far as it is shown."""

from marshmallow import Schema

from app.api import fields


class Link(Schema):
    """Where more is said."""

    url = fields.said("The address.")
    note = fields.said("What is there.")


class OtherName(Schema):
    """A name besides."""

    name = fields.said("The name.")


class Organization(Schema):
    """Popolo’s Organization: a Compass group, no party."""

    id = fields.said("The key of the group.")
    name = fields.said("Its name in full, which says that it is no party.")
    other_names = fields.several(OtherName, "Its name without that.")
    classification = fields.said("“Compass group”.")
    links = fields.several(Link, "Its page.")


class Motion(Schema):
    """Popolo’s Motion: what a published round asked of the groups in it."""

    id = fields.said("The name of the round.")
    identifier = fields.said("The same.")
    classification = fields.said("endorsement or amendments.")
    text = fields.said("What was asked, of which exact words.")
    date = fields.moment("When voting opened.")
    requirement = fields.said("What it took to carry.")
    result = fields.maybe(fields.said("Always null: each group decides by itself, in its vote event."))
    sources = fields.several(Link, "The round’s page.")


class OrganizationNamed(Schema):
    """A group by key and name."""

    id = fields.said("The key of the group.")
    name = fields.said("Its name in full.")


class VoteCount(Schema):
    """Popolo’s Count: how many of the group’s papers said this, where that may be shown."""

    option = fields.said("yes, no or abstain.")
    value = fields.number("How many.")


class VoteEvent(Schema):
    """Popolo’s VoteEvent: one group’s decision on one question."""

    id = fields.said("Round, group and question.")
    identifier = fields.said("The question: text, A3 for an amendment, U1 for a part voted on by itself.")
    motion_id = fields.said("The round.")
    organization_id = fields.said("The group.")
    organization = fields.nested(OrganizationNamed)
    legislative_session = fields.maybe(fields.said("Always null."))
    text = fields.said("What the group was asked.")
    start_date = fields.moment("When voting opened.")
    end_date = fields.moment("When it closed.")
    result = fields.maybe(
        fields.said("pass or fail; null for want of a quorum, which is no rejection, and for advice.")
    )
    decision = fields.said("What that decided, in words.")
    said = fields.said("The result as far as it is shown.")
    requirement = fields.said("What it took to carry, and the quorum.")
    counts = fields.several(VoteCount, "Empty where figures are not shown.")
    votes = fields.none_ever("Always empty: what a member voted is known to nobody.")
