"""Standing orders: the shipped files say what the domain says, and a wrong file is refused by group and name."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction

import pytest

from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.standing_orders import FOLDER, KEYS, Effect, QuorumMode, StandingOrders, load, parse

FIGURES = {
    "version": "1",
    "since": "2026-01-01",
    "effect": '"binding"',
    "quorum_mode": '"approval"',
    "quorum": '"1/10"',
    "threshold": '"more than 1/2"',
    "ballot_days": "7",
    "notice_days": "3",
    "qualifying_days": "14",
    "minority": '"1/4"',
    "rerun_after_days": "7",
    "retabling_after_days": "30",
}


def written(**changes):
    """A file of standing orders with some of its figures changed; None leaves a figure out."""
    figures = {**FIGURES, **changes}
    return "\n".join(f"{name} = {figure}" for name, figure in figures.items() if figure is not None)


def with_figure(name, figure):
    return parse("green", written(**{name: figure}))


@pytest.mark.parametrize("group", GROUP_KEYS)
def test_the_shipped_standing_orders_are_the_defaults_of_the_domain(group):
    assert load()[group] == StandingOrders(
        group=group,
        version=1,
        since=date(2026, 1, 1),
        effect=Effect.BINDING,
        quorum_mode=QuorumMode.APPROVAL,
        quorum=Fraction(1, 10),
        threshold=Fraction(1, 2),
        threshold_is_strict=True,
        ballot_period=timedelta(days=7),
        notice=timedelta(days=3),
        qualifying_period=timedelta(days=14),
        minority=Fraction(1, 4),
        rerun_after=timedelta(days=7),
        retabling_after=timedelta(days=30),
    )


def test_there_is_one_file_a_group_and_no_other():
    assert {path.stem for path in FOLDER.iterdir()} == set(GROUP_KEYS) == set(load())


def test_the_files_of_these_tests_hold_every_figure():
    assert set(FIGURES) == KEYS == set(tomllib.loads(written()))
    assert parse("green", written()) == load()["green"]


def test_participation_is_the_other_quorum_mode():
    assert with_figure("quorum_mode", '"participation"').quorum_mode is QuorumMode.PARTICIPATION
    assert set(QuorumMode) == {"approval", "participation"}


@pytest.mark.parametrize(
    ("words", "share", "strict"),
    [
        ("more than 1/2", Fraction(1, 2), True),
        ("at least 2/3", Fraction(2, 3), False),
        ("at least 3/4", Fraction(3, 4), False),
        ("more than 3/5", Fraction(3, 5), True),
        ("at least 1", Fraction(1), False),
        ("at least 0.6", Fraction(3, 5), False),
    ],
)
def test_a_threshold_is_read_as_an_exact_fraction(words, share, strict):
    orders = with_figure("threshold", f'"{words}"')
    assert (orders.threshold, orders.threshold_is_strict) == (share, strict)


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("quorum", '"1"'),
        ("quorum", '"1/1000"'),
        ("minority", '"1"'),
        ("notice_days", "0"),
        ("ballot_days", "1"),
        ("notice_days", "366"),
    ],
)
def test_a_figure_at_its_limit_is_taken(name, figure):
    with_figure(name, figure)


WRONG_SHARES = ['"0"', '"0/5"', '"-1/10"', '"11/10"', '"1/0"', '"ten"', '""', "0.1", "1", "true", "[1, 10]"]
WRONG_DAYS = ["-1", "367", "7.0", "true", '"7"', "2026-01-01"]
WRONG = {
    "version": ["0", "-1", "1.0", "true", '"1"'],
    "since": ['"2026-01-01"', "2026-01-01T00:00:00Z", "2026-01-01T00:00:00", "20260101", "true"],
    "effect": ['"advisory"', '"Binding"', '""', "true", "1", '["binding"]'],
    "quorum_mode": ['"turnout"', '"Approval"', '""', "true", "1", '["approval"]'],
    "quorum": WRONG_SHARES,
    "minority": WRONG_SHARES,
    "threshold": [
        *('"1/2"', '"over 1/2"', '"more than"', '"more than 0"', '"at least 0"', '"more than 3/2"', '"more than 1/0"'),
        *('"more than 1"', '"at least 1/3"', '"more than 49/100"', '"at least 1/2"', "0.5", "true", "1"),
    ],
    "ballot_days": [*WRONG_DAYS, "0"],
    "notice_days": WRONG_DAYS,
    "qualifying_days": WRONG_DAYS,
    "rerun_after_days": WRONG_DAYS,
    "retabling_after_days": WRONG_DAYS,
}


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, figures in WRONG.items() for figure in figures])
def test_a_wrong_figure_is_refused_by_group_and_name(name, figure):
    with pytest.raises(RuleBroken, match=rf"^Standing orders of green: {name} must (be|read) "):
        with_figure(name, figure)


def test_every_figure_has_wrong_forms_in_these_tests():
    assert set(WRONG) == KEYS


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_missing_figure_is_refused_by_group_and_name(name):
    with pytest.raises(RuleBroken, match=f"^Standing orders of green: write what is missing: {name}\\.$"):
        with_figure(name, None)


@pytest.mark.parametrize("name", ["quorun", "group", "Quorum"])
def test_an_unknown_figure_is_refused_by_group_and_name(name):
    with pytest.raises(RuleBroken, match=f"^Standing orders of green: take out what is unknown: {name}\\.$"):
        with_figure(name, '"1/10"')


@pytest.mark.parametrize(
    "text",
    [
        "version: 1",
        written() + "\nversion = 2",
        written(since="2026-02-30"),
        written(since="2026-13-01"),
        written(quorum='"1/10'),
        written(quorum="1/10"),
    ],
)
def test_what_is_not_toml_is_refused_by_group(text):
    with pytest.raises(RuleBroken, match=r"^Standing orders of green: this is not TOML \("):
        parse("green", text)


def folder_of(tmp_path, **texts):
    for key in GROUP_KEYS:
        (tmp_path / f"{key}.toml").write_bytes(texts.get(key, written()).encode("latin-1"))
    return tmp_path


def test_every_group_is_read_from_its_own_file(tmp_path):
    folder = folder_of(tmp_path, lib_dem=written(threshold='"at least 2/3"'))
    assert {key: orders.threshold for key, orders in load(folder).items()} == {
        "labour": Fraction(1, 2),
        "lib_dem": Fraction(2, 3),
        "green": Fraction(1, 2),
    }


@pytest.mark.parametrize("group", GROUP_KEYS)
def test_a_missing_file_is_refused_by_group_and_file(tmp_path, group):
    (folder_of(tmp_path) / f"{group}.toml").unlink()
    with pytest.raises(RuleBroken, match=f"^Standing orders of {group}: there is no file {group}.toml"):
        load(tmp_path)


@pytest.mark.parametrize("group", GROUP_KEYS)
def test_a_wrong_file_is_refused_under_its_own_group(tmp_path, group):
    folder = folder_of(tmp_path, **{group: written(quorum="0.1")})
    with pytest.raises(RuleBroken, match=f"^Standing orders of {group}: quorum must be a fraction"):
        load(folder)


def test_a_file_that_is_not_utf_8_is_refused_by_group(tmp_path):
    folder = folder_of(tmp_path, green="# été\n" + written())
    with pytest.raises(RuleBroken, match="^Standing orders of green: green.toml is not UTF-8"):
        load(folder)
