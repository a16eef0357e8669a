"""What is fit for real people: each fault alone, with its weight written out by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policies import checks
from policies.checks import (
    OF_SETTINGS,
    OF_SURROUNDINGS,
    Chosen,
    Environment,
    Finding,
    Found,
    Level,
    findings,
    findings_of_settings,
    refuses_to_start,
    worst,
)

MINUTE = timedelta(minutes=1)
SOUND = Chosen()
# Each fault alone: what it is found by, how much it weighs in production, and words of it.
SETTINGS: list[tuple[checks.Check, Chosen, Level, str]] = [
    (checks.is_encrypted, Chosen(is_https=False), Level.REFUSE, "http://"),
    (checks.is_not_debugging, Chosen(is_debug=True), Level.REFUSE, "Debugging"),
    (checks.has_limits, Chosen(limits_are_on=False), Level.REFUSE, "LIMITS"),
    (checks.mail_is_encrypted, Chosen(mail_is_encrypted=False), Level.REFUSE, "MAIL_SECURITY"),
    (checks.secret_is_kept, Chosen(secret_is_open=True), Level.REFUSE, "SECRET_KEY_FILE"),
    (checks.secret_is_own, Chosen(secret_is_known=True), Level.REFUSE, "example"),
    (checks.database_fits_workers, Chosen(is_sqlite=True, workers=2, has_redis=True), Level.WARN, "2 workers share"),
    (checks.workers_count_together, Chosen(workers=3), Level.WARN, "3 times"),
    (checks.address_is_known, Chosen(proxies=0), Level.WARN, "PROXIES"),
    (checks.has_mail, Chosen(has_mail_server=False), Level.WARN, "MAIL_SERVER"),
    (checks.has_sender, Chosen(has_sender=False), Level.WARN, "MAIL_FROM"),
    (checks.has_imprint, Chosen(has_imprint=False), Level.WARN, "IMPRINT"),
    (checks.can_sign_editions, Chosen(has_editions_key=False), Level.WARN, "no key"),
    (checks.editions_key_is_kept, Chosen(editions_key_is_open=True), Level.WARN, "EDITIONS_KEY_FILE"),
]
SURROUNDINGS: list[tuple[checks.Check, Found, Level, str]] = [
    (checks.database_answers, Found(database_answers=False), Level.REFUSE, "does not answer"),
    (checks.schema_is_newest, Found(schema_is_newest=False), Level.REFUSE, "older or newer"),
    (checks.is_what_it_is_for, Found(is_demonstration=True), Level.REFUSE, "demonstration"),
    (checks.database_is_kept, Found(database_is_open=True), Level.WARN, "file of the database"),
    (checks.clock_runs, Found(ticked_ago=None), Level.WARN, "never run"),
    (checks.clock_runs, Found(ticked_ago=11 * MINUTE), Level.WARN, "11 minutes ago"),
    (checks.worker_runs, Found(mail_waits=12 * MINUTE), Level.WARN, "waited for 12 minutes"),
    (checks.redis_answers, Found(redis_answers=False), Level.WARN, "Redis"),
    (checks.folders_are_writable, Found(folders_not_writable=("/a", "/b")), Level.REFUSE, "/a, /b"),
    (checks.orders_are_sound, Found(orders_fault="Standing orders of green: this is not TOML."), Level.REFUSE, "green"),
    (checks.makes_pdfs, Found(makes_pdfs=False), Level.WARN, "Pango"),
]


def test_every_check_has_a_fault_here() -> None:
    assert {check for check, *_rest in SETTINGS} == set(OF_SETTINGS)
    assert {check for check, *_rest in SURROUNDINGS} == set(OF_SURROUNDINGS) - {checks.is_said_to_be_real}


@pytest.mark.parametrize(("check", "chosen", "level", "words"), SETTINGS)
def test_a_setting_that_is_not_safe_is_found_and_nothing_else(
    check: checks.Check, chosen: Chosen, level: Level, words: str
) -> None:
    (finding,) = findings(chosen, Found())
    assert finding == check(chosen, Found())
    assert (finding.level, words in finding.what, bool(finding.mend)) == (level, True, True)
    assert bool(refuses_to_start([finding])) is (level is Level.REFUSE)
    for environment in (Environment.DEMONSTRATION, Environment.DEVELOPMENT):
        assert worst(findings_of_settings(replace(chosen, environment=environment))) is Level.WARN


@pytest.mark.parametrize(("check", "found", "level", "words"), SURROUNDINGS)
def test_what_is_wrong_around_it_is_found_and_nothing_else(
    check: checks.Check, found: Found, level: Level, words: str
) -> None:
    (finding,) = findings(SOUND, found)
    assert finding == check(SOUND, found)
    assert (finding.level, words in finding.what, bool(finding.mend)) == (level, True, True)


def test_a_sound_installation_has_nothing_to_mend() -> None:
    assert findings(SOUND, Found()) == []
    assert worst([]) is Level.FINE
    unknown = Found(schema_is_newest=None, is_demonstration=None, redis_answers=None, mail_waits=10 * MINUTE)
    assert findings(SOUND, replace(unknown, ticked_ago=10 * MINUTE)) == []


def test_what_needs_no_mending_on_one_machine() -> None:
    local = Chosen(is_https=False, is_local=True, proxies=0, is_sqlite=True)
    assert findings(local, Found()) == []
    assert findings(Chosen(workers=4, has_redis=True), Found(redis_answers=True)) == []
    silent = Chosen(has_mail_server=False, mail_is_encrypted=False)
    assert [finding.what for finding in findings(silent, Found(mail_waits=12 * MINUTE))] == [
        "No mail leaves: MAIL_SERVER is empty."
    ]


def test_a_demonstration_is_one_and_says_so() -> None:
    made_up = Chosen(environment=Environment.DEMONSTRATION)
    assert findings(made_up, Found(is_demonstration=True)) == []
    (finding,) = findings(made_up, Found(is_demonstration=False))
    assert finding == checks.is_said_to_be_real(made_up, Found(is_demonstration=False))
    assert "ENVIRONMENT says otherwise" in finding.what
    assert findings(replace(made_up, is_local=True, proxies=0, is_https=False), Found(is_demonstration=False)) == []


def test_the_worst_comes_first_and_is_what_counts() -> None:
    found = findings(Chosen(has_imprint=False, is_debug=True), Found(redis_answers=False, database_answers=False))
    assert [finding.level for finding in found] == [Level.REFUSE, Level.REFUSE, Level.WARN, Level.WARN]
    assert worst(found) is Level.REFUSE
    assert [int(level) for level in (Level.FINE, Level.WARN, Level.REFUSE)] == [0, 1, 2]
    assert worst([Finding(Level.WARN, "", "")]) is Level.WARN
    assert [*Environment] == ["production", "demonstration", "development"]
