"""A demonstration's clerks publish an edition, the platform moves on, and a second edition waits for their words."""

from app.demonstration.members import Cast
from app.editions import queries, service
from app.web.transactions import transaction
from policies.groups import GROUP_KEYS


def propose(cast: Cast, group: str = GROUP_KEYS[0]) -> None:
    """A clerk proposes an edition of what is agreed now."""
    with transaction():
        service.propose(by=cast.clerk(group))


def publish(cast: Cast) -> None:
    """Clerks of all groups publish it."""
    first, *others = GROUP_KEYS
    propose(cast, first)
    for group in others:
        with transaction():
            proposal = queries.waiting()
            assert proposal is not None
            service.answer(proposal, says_yes=True, reason="", by=cast.clerk(group))
