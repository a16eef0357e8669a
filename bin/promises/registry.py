"""The promises, in words. Their tests are found by name: `tests/promises/test_s04_….py` proves S4."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One promise: its words, what is tried, and the files that prove it besides its own."""

    key: str
    words: str
    tried: str
    beside: tuple[str, ...] = ()
    """Tests that stand with the code they are about, from the root of the repository."""
    removed: str = ""
    """Which protection was taken away, for a moment and by hand, to see these tests fail."""


SAFETY = (
    Promise(
        "S1",
        "Every route, command and job names a permission or is the operator's; who may do what is one table.",
        "Each route as each role on things of the own group, of another, hidden, withdrawn and unknown: every answer "
        "is the written matrix's, a refused call changes no row, what one cannot see is not there.",
        ("tests/policies/test_permissions.py", "tests/policies/test_commands.py"),
        removed="the check of permissions at the door",
    ),
    Promise(
        "S2",
        "A draft, a hidden or a group-only thing leaves no trace.",
        "Seeded words are sought over every page, file, feed, letter and search; and with or without the hidden thing "
        "every page is the same byte for byte and costs the same questions to the database.",
        ("tests/app/ballots/test_nothing_early.py",),
        removed="the line that leaves rounds out of what visitors find before notice of them is given",
    ),
    Promise(
        "S3",
        "No member is identifiable to the public or to another group, unless that member chose so for that one thing.",
        "Every address a visitor can reach, in every format, is read for names, addresses and numbers of people.",
        removed="the rule that an argument tells no number of its author",
    ),
    Promise(
        "S4",
        "One row a person a thing.",
        "32 requests at the same moment leave one row; each table of one row a person has a key without empty columns.",
        ("tests/app/test_parallel.py", "tests/app/rounds/test_at_once.py"),
        removed="the unique key of notices",
    ),
    Promise(
        "S5",
        "Text is text: nothing that is typed becomes markup, script, formula or header.",
        "Hostile words go into every field of every form and every parameter; pages, letters, files and refusals show "
        "them as words, and a browser runs no script of theirs.",
        ("tests/journeys/test_no_script_runs.py", "tests/app/web/test_csv_files.py"),
        removed="the apostrophe before what a spreadsheet would calculate",
    ),
    Promise(
        "S6",
        "No parameter surprises.",
        "Odd numbers, lists and shapes are refused or not there; unknown filters and orders are refused; extra fields "
        "change nothing; no shape of yes turns a privilege on.",
        removed="the box that knows one word for yes",
    ),
    Promise(
        "S7",
        "Limits hold before anything is read.",
        "Long columns, bodies of 5 MB, page numbers of ten digits, slow patterns and large texts are refused or cut.",
        removed="the limit of a body",
    ),
    Promise(
        "S8",
        "Forgery fails, and reading changes nothing.",
        "Every form without its token is refused, but for the one-click end of a mailing; no page that is only opened "
        "changes a row.",
        ("tests/app/notices/test_unsubscribing.py",),
        removed="the check of forms' tokens",
    ),
    Promise(
        "S9",
        "Nobody learns from an answer whether an address is known here.",
        "Signing in, joining, inviting and registering answer known and unknown addresses alike, each with a letter.",
        (
            "tests/app/joining/test_alike.py",
            "tests/app/joining/test_joining.py",
            "tests/app/interest/test_registering.py",
        ),
        removed="the letter to an address that nobody here has",
    ),
    Promise(
        "S10",
        "Mailed keys die.",
        "Each key opens one door for one address once, and is dead after use, its time, a newer one, its withdrawal "
        "and a change of address.",
        ("tests/app/people/test_mailed_links.py", "tests/policies/test_links.py"),
        removed="the mark that a link has been used",
    ),
    Promise(
        "S11",
        "Sessions end.",
        "Who leaves a group, loses an office or signs out can do nothing more at the next request, from any browser.",
        ("tests/app/people/test_account.py", "tests/app/people/test_signing_in.py"),
        removed="the end of all sessions of whoever leaves",
    ),
    Promise("S12", "No link leads on to another site.", "Every trick of addresses."),
    Promise(
        "S13",
        "Who speaks as an MP is that MP.",
        "An address of Parliament's, proven, and clerks of two groups make one; no look-alike of it, no name, form or "
        "group does; and who leaves the seat speaks no more.",
        (
            "tests/app/mps/test_accounts.py",
            "tests/app/mps/test_recording.py",
            "tests/policies/test_mp_accounts.py",
            "tests/policies/test_mp_addresses.py",
        ),
        removed="the comparison of the domain",
    ),
    Promise(
        "S14",
        "The service fetches nothing from anywhere.",
        "No part of it can: none imports a client; and no page or job opens a connection while all of them are tried.",
        removed="the absence of `urllib.request` from a page's code",
    ),
    Promise(
        "S15",
        "Nobody can ask without end.",
        "Limits for each address and account, with Redis and without; a vote is never held up.",
        ("tests/policies/test_limits.py",),
        removed="the exemption of votes from the ceiling",
    ),
    Promise(
        "S16",
        "Every answer carries the headers that keep it to itself.",
        "Nothing inline, nothing from elsewhere, nothing kept of a signed-in page.",
    ),
    Promise(
        "S17",
        "Secrets stay out of logs, records and pages of faults.",
        "Every flow with a key runs while logs, the record and pages of faults are searched for it.",
        ("tests/app/test_config.py",),
        removed="the hiding of a statement’s values in logs",
    ),
    Promise(
        "S18",
        "Every package is the one that was looked at.",
        "Each is pinned with its hash, installed only with it, and audited before a commit.",
        removed="the exact version of one package",
    ),
)
DATA = (
    Promise(
        "D1",
        "Every column that holds something about a person is on the privacy page.",
        "The models and the page are compared: each column is declared, with its purpose, its ground and its time.",
        ("tests/app/privacy/test_privacy_page.py", "tests/policies/test_personal.py"),
    ),
    Promise(
        "D2",
        "One archive holds everything held about me, in two clicks.",
        "Every table that leads to a person is in the archive or says why not; nothing of anybody else is.",
        ("tests/app/privacy/test_exporting.py",),
    ),
    Promise(
        "D3",
        "Erasing takes the person and leaves every result as it was.",
        "Public pages, tallies, rolls and the record are compared byte for byte before and after.",
        ("tests/app/privacy/test_erasing.py",),
    ),
    Promise(
        "D4",
        "What is no longer needed goes by itself.",
        "The clock is moved past each time, twice, and after a break of three days.",
        (
            "tests/app/privacy/test_retention.py",
            "tests/policies/test_privacy.py",
            "tests/app/joining/test_forgetting.py",
        ),
    ),
    Promise(
        "D5",
        "News come only to those who asked, end with one click, and name no group.",
        "Every letter has its kind; every subject is the same whatever the group.",
        ("tests/app/test_letters.py", "tests/app/notices/test_unsubscribing.py"),
    ),
    Promise(
        "D6",
        "Saving one form changes no consent of another.",
        "Every form of an account is saved, and all consents are compared.",
        ("tests/app/privacy/test_consents.py",),
    ),
    Promise(
        "D7",
        "A complaint about data is answered and followed to its end.",
        "From the form to the outcome, with the clock.",
        ("tests/app/complaints/test_complaining.py",),
    ),
    Promise(
        "D8",
        "Two people for what binds, and what officers read is seen.",
        "Offices, removals and annulments take two; each page that shows an officer members is noted for them.",
        ("tests/app/reads/test_reads.py", "tests/app/offices/test_offices.py", "tests/app/rounds/test_joint.py"),
    ),
)
PROMISES = SAFETY + DATA

# Promises whose tests are still to be written. It has to be empty before people are let in.
NOT_YET: frozenset[str] = frozenset()
