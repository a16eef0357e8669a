"""How far each command and job of whoever runs the service reaches, written out a second time."""

from policies.commands import COMMANDS, JOBS, Reach


def reaching(reach: Reach) -> set[str]:
    """The commands of one reach."""
    return {name for name, each in COMMANDS.items() if each is reach}


def test_looking_keeping_going_and_bringing_in_are_told_apart():
    assert reaching(Reach.LOOKS) == {
        "audit verify",
        "audit replay",
        "ballots recount",
        "check",
        "editions verify",
        "mail list",
        "offices list",
        "orders check",
        "platform export",
    }
    assert reaching(Reach.RUNS) == {
        "editions keygen",
        "mail deliver",
        "scheduler",
        "search rebuild",
        "serve",
        "tick",
        "worker",
    }
    assert reaching(Reach.BRINGS_IN) == {
        "demo populate",
        "demonstration create",
        "mail send-again",
        "mps import",
        "offices confirm",
        "people invite",
        "people operator",
        "planks import",
    }


def test_a_job_keeps_the_service_going_and_decides_nothing():
    assert set(JOBS.values()) == {Reach.RUNS}


def test_nobody_votes_rules_or_opens_a_round_from_the_command_line():
    words = {word for name in COMMANDS for word in name.replace("-", " ").split()}
    assert not words & {"vote", "cast", "count", "rule", "open", "approve", "endorse", "publish", "paper", "papers"}
