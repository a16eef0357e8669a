"""Reading planks from files: all or nothing, every error with its file and line, no plank twice."""

import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.models import AuditRow, Plank, PlankSecond, Theme, Version
from app.planks import plank_files
from app.planks.importing import Imported, ImportRefused, import_folder
from app.web.transactions import transaction
from policies.planks import Cause, Stage
from policies.text.canonical import digest, word_count
from tests import builders

HEAD = 'title: "Fair votes"\ntheme: "Democracy"'
BODY = "Every vote should count the same."


def put(folder: Path, name: str, head: str = HEAD, body: str = BODY) -> Path:
    """A plank's file in `folder`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")
    return path


def take_in(folder: Path) -> Imported:
    """Import as the command does."""
    with transaction():
        return import_folder(folder)


def faults_of(folder: Path) -> list[str]:
    """What a refused import says, one line a fault."""
    with pytest.raises(ImportRefused) as refusal, transaction():
        import_folder(folder)
    return str(refusal.value).splitlines()


def all_planks() -> list[Plank]:
    """Every plank by number."""
    return list(db.session.scalars(select(Plank).order_by(Plank.number)))


def rows() -> list[int]:
    """How many rows the tables have that an import writes."""
    return [
        db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Plank, Version, Theme, AuditRow)
    ]


def test_an_imported_plank_is_open_and_has_no_mover_and_no_seconds(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "democracy/fair-votes.md", HEAD + '\nreason: "So that none is lost."')
    assert take_in(tmp_path) == Imported(new=1, known=0)
    plank = all_planks()[0]
    version = plank.working_version
    assert version is not None
    assert (plank.stage, plank.number, plank.mover_id, plank.group) == (Stage.OPEN, 1, None, None)
    assert (version.title, version.text, version.name, version.cause) == ("Fair votes", BODY, "1", Cause.IMPORTED)
    assert (plank.theme.name, plank.theme.slug, plank.reason) == ("Democracy", "democracy", "So that none is lost.")
    assert version.sha256 == digest("Fair votes", BODY)
    assert db.session.scalar(select(func.count()).select_from(PlankSecond)) == 0


def test_numbers_follow_the_names_of_the_files_at_any_depth(app: Flask, tmp_path: Path) -> None:
    for name in ("b/two.md", "a/x/one.md", "three.md"):
        put(tmp_path, name, f'title: "{name}"\ntheme: "Democracy"', f"Text of {name}.")
    take_in(tmp_path)
    assert [plank.title for plank in all_planks()] == ["a/x/one.md", "b/two.md", "three.md"]


def test_the_starter_planks_import_and_a_second_import_changes_no_row(app: Flask, copied_texts: Path) -> None:
    first = take_in(copied_texts)
    before = rows()
    assert first.new >= 18
    assert db.session.scalar(select(func.count()).select_from(Theme)) >= 8
    assert take_in(copied_texts) == Imported(new=0, known=first.new)
    assert rows() == before


def test_all_real_planks_import_with_their_words_kept(app: Flask, shared: Path) -> None:
    folder = shared / "data" / "manifesto" / "planks"
    assert take_in(folder) == Imported(new=178, known=0)
    for version in db.session.scalars(select(Version)):
        assert version.rendered.keys() == {unit.unit_id for unit in version.units}
        assert sum(word_count(unit.markdown) for unit in version.units) == word_count(version.text)
    assert take_in(folder.parent) == Imported(new=0, known=178)


def test_one_bad_file_of_many_keeps_all_of_them_out(app: Flask, copied_texts: Path) -> None:
    put(copied_texts, "democracy/bad.md", 'title: ""\ntheme: "Democracy"')
    before = rows()
    assert faults_of(copied_texts) == ["democracy/bad.md:2: Give the plank a title."]
    assert rows() == before


def test_every_fault_of_every_file_is_listed(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "a.md", 'theme: "Democracy"\nstate: agreed', "word " * 601)
    put(tmp_path, "b.md", 'title: "Fair votes"', "")
    faults = faults_of(tmp_path)
    assert [fault.split(": ")[0] for fault in faults] == ["a.md:1", "a.md:3", "a.md:6", "b.md:1", "b.md:4"]


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ('theme: "Democracy"', 1, "Give the plank a title"),
        ('theme: "Democracy"\ntitle: "  "', 3, "Give the plank a title"),
        ("theme: Democracy\ntitle:", 3, "Give the plank a title"),
        (f'theme: "Democracy"\ntitle: "{"t" * 121}"', 3, "Shorten the title to 120 characters; it has 121"),
        ('title: "Fair votes"', 1, "Name the plank's theme"),
        (f'title: "Fair votes"\ntheme: "{"t" * 61}"', 3, "Shorten the theme"),
        ('title: "Fair votes"\ntheme: "民主"', 3, "letters from a to z"),
        (f'{HEAD}\nreason: "{"r" * 1001}"', 4, "Shorten the reason"),
        (f"{HEAD}\nstate: agreed", 4, "never sets a state, stance or date"),
        (f"{HEAD}\nstage: open", 4, "never sets a state, stance or date"),
        (f"{HEAD}\nstance: endorsed", 4, "never sets a state, stance or date"),
        (f"{HEAD}\ndate: 2026-01-01", 4, "never sets a state, stance or date"),
        (f"{HEAD}\nnumber: 12", 4, "never sets a state, stance or date"),
        (f"{HEAD}\nTitle: twice", 4, "Take Title out"),
        (f"{HEAD}\ntitle: twice", 4, "title stands here a second time"),
        (f"{HEAD}\nreason: [a, b]", 4, "nothing nested"),
        (f"{HEAD}\nreason: {{a: b}}", 4, "nothing nested"),
        (f"{HEAD}\nreason: !!python/object:os.system x", 4, "nothing nested"),
        (f"{HEAD}\nid: P12", 4, "Write id as"),
        (f"{HEAD}\nversion: 1.0", 4, "Write version as"),
        (f"{HEAD}\nsha256: 12", 4, "Write sha256 as"),
        (f"{HEAD}\nsha256: {'0' * 64}", 4, "not those this hash was made of"),
        ('title: "Fair votes\ntheme: x', 2, "no valid YAML"),
        (f"{HEAD}\n\tx: y", 4, "no valid YAML"),
        (f"{HEAD}\nreason: \x00", 4, "a character that YAML does not allow"),
        ("- title", 2, "Write the front matter as lines"),
        ("[" * 5000, 2, "nested too deeply"),
        (f'{HEAD}\nreason: "{"r" * 17_000}"', 2, "Shorten the front matter"),
    ],
)
def test_a_wrong_head_is_refused_by_file_and_line(app: Flask, tmp_path: Path, head: str, line: int, words: str) -> None:
    put(tmp_path, "democracy/fair-votes.md", head)
    faults = faults_of(tmp_path)
    assert any(fault.startswith(f"democracy/fair-votes.md:{line}: ") and words in fault for fault in faults), faults
    assert all_planks() == []


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "Begin the file with its front matter"),
        (b"Just words.", 1, "Begin the file with its front matter"),
        (b"---\ntitle: x\ntheme: y\nText without an end", 1, "Close the front matter"),
        (b"---\ntitle: x\ntheme: y\n---\n", 5, "Write the text of the plank"),
        (b"---\ntitle: x\ntheme: y\n---\n\n\n\xff\xfe\n", 7, "Save the file as UTF-8"),
        (b"---\r\ntitle: x\r\ntheme: y\r\n---\r\n\r\n" + b"w " * 601, 6, "Shorten the text to 600 words; it has 601"),
        (b"---\ntitle: x\ntheme: y\n---\n" + b"w" * 12_001, 5, "Shorten the text to 12,000 characters"),
        (b"-" * 262_145, 1, "more than 256 kB"),
    ],
)
def test_a_wrong_file_is_refused_by_line(app: Flask, tmp_path: Path, content: bytes, line: int, words: str) -> None:
    (tmp_path / "x.md").write_bytes(content)
    (fault,) = faults_of(tmp_path)
    assert fault.startswith(f"x.md:{line}: ")
    assert words in fault


def test_files_from_other_systems_are_read_as_they_are_meant(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "x.MD").write_bytes(
        b"\xef\xbb\xbf---\r\ntitle: 2030\r\ntheme: Cafe\xcc\x81s\r\n--- \r\n\r\nOne.\r\nTwo.\r\n"
    )
    take_in(tmp_path)
    plank = all_planks()[0]
    assert plank.working_version is not None
    assert (plank.title, plank.theme.name, plank.theme.slug) == ("2030", "Cafés", "cafes")
    assert plank.working_version.text == "One.\nTwo."


def test_links_and_other_strange_files_are_refused(app: Flask, tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    put(outside, "secret.md")
    put(folder, "good.md")
    (folder / "file.md").symlink_to(outside / "secret.md")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.md")
    (folder / "dir.md").mkdir()
    faults = faults_of(folder)
    assert [fault.split(":")[0] for fault in faults] == ["file.md", "folder", "pipe.md"]
    assert "links are not followed" in faults[0]
    assert "no ordinary file" in faults[2]


def test_folders_with_a_dot_and_other_files_are_passed_over(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "good.md")
    put(tmp_path, ".git/bad.md", "state: agreed")
    (tmp_path / "notes.txt").write_text("Anything.")
    assert take_in(tmp_path) == Imported(new=1, known=0)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_planks_is_refused(app: Flask, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    assert len(faults_of(tmp_path / name)) == 1


def test_one_plank_in_two_files_is_refused(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "a.md", HEAD + '\nid: "abcdefghjkmn"', "One.")
    put(tmp_path, "b.md", HEAD + '\nid: "abcdefghjkmn"', "Two.")
    put(tmp_path, "c.md")
    put(tmp_path, "d.md")
    assert faults_of(tmp_path) == [
        "b.md:4: a.md has the same id. Keep one of the two.",
        "d.md:6: c.md has the same words. Keep one of the two.",
    ]


def test_a_known_file_with_other_words_is_refused(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "democracy/fair-votes.md")
    take_in(tmp_path)
    put(tmp_path, "democracy/fair-votes.md", body="Every vote should count twice.")
    (fault,) = faults_of(tmp_path)
    assert fault.startswith("democracy/fair-votes.md:6: P1 came from a file of this name and has other words now.")
    assert "Amend it on the site" in fault


def test_a_known_id_with_other_words_is_refused_by_the_line_of_the_id(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "a.md", HEAD + '\nid: "abcdefghjkmn"')
    take_in(tmp_path)
    put(tmp_path, "a.md", HEAD + '\nid: "abcdefghjkmn"', "Other words.")
    (tmp_path / "a.md").rename(tmp_path / "moved.md")
    assert faults_of(tmp_path) == ["moved.md:4: P1 has other words now. Amend it on the site."]


def test_a_plank_amended_since_its_import_is_known_by_the_words_it_had(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    take_in(tmp_path)
    plank = all_planks()[0]
    builders.open_amendment(plank.id, builders.member("labour"), "the same", "alike")
    builders.pass_time(hours=73)
    assert all_planks()[0].working_version.name == "2"
    assert take_in(tmp_path) == Imported(new=0, known=1)


def test_a_folder_moved_elsewhere_brings_no_plank_twice(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "old/a.md")
    take_in(tmp_path / "old")
    assert take_in(tmp_path) == Imported(new=0, known=1)


def test_the_command_says_how_many_came_and_exits_with_1_on_faults(app: Flask, tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    run = app.test_cli_runner()
    done = run.invoke(args=["planks", "import", str(tmp_path)])
    assert (done.exit_code, done.output) == (0, "1 imported, 0 already here.\n")
    put(tmp_path, "b.md", "date: 1")
    refused = run.invoke(args=["planks", "import", str(tmp_path)])
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "b.md:2: Take date out" in refused.stderr
    assert "nothing was imported" in refused.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Citizens’ assemblies", "citizens-assemblies"),
        ("Don't  stop -- 2030!", "dont-stop-2030"),
        ("Café & Straße", "cafe-strasse"),
        ("民主", ""),
    ],
)
def test_slugs_are_plain(words: str, expected: str) -> None:
    assert plank_files.slug(words) == expected
