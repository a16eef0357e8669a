"""The command line: what it writes and its exit statuses, which other programs rely on."""

import io
import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from policies.text.cli import main

BASE, OURS, THEIRS = (
    "We will raise fuel duty.\n\n- a b\n",
    "We will not raise fuel duty.\n\n- a b\n",
    "We will raise fuel tax.",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("base", BASE), ("ours", OURS), ("theirs", THEIRS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "never").write_text(BASE.replace("will", "will never"), encoding="utf-8")
    (tmp_path / "latin").write_bytes(b"\xff")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    return main(arguments, out, errors), out.getvalue(), errors.getvalue()


def answers(*arguments: str) -> list[Any]:
    return [json.loads(line) for line in run(*arguments)[1].splitlines()]


@pytest.mark.usefixtures("folder")
def test_two_texts_are_compared() -> None:
    assert run("diff", "base", "ours") == (0, "We will {+not +}raise fuel duty.\n\n- a b\n", "")
    (answer,) = answers("diff", "base", "ours", "--json")
    assert (answer["accepted"], answer["rejected"]) == (OURS, BASE)
    assert answer["hunks"][1] == {"op": "insert", "text": "not "}
    assert run("words", "base", "ours") == (0, "Clause 1: inserts “not”.\n", "")
    assert run("words", "base", "base") == (0, "Changes nothing.\n", "")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("format_name", "shown"),
    [
        ("markdown", "We will {++not ++}raise fuel duty.\n\n- a b\n"),
        ("html", "<p>We will <ins>not </ins>raise fuel duty.</p>\n<p>- a b</p>\n"),
        ("ansi", "We will \x1b[32;4mnot \x1b[0mraise fuel duty.\n\n- a b\n"),
    ],
)
def test_a_redline_is_shown_in_three_formats(format_name: str, shown: str) -> None:
    assert run("redline", "base", "ours", "--format", format_name) == (0, shown, "")


def test_a_redline_neither_runs_as_html_nor_steers_a_terminal(folder: Path) -> None:
    (folder / "bad").write_text("# <script>\n\n> *a* [x](y)\n\nb\u00ad", encoding="utf-8")
    (folder / "worse").write_text("# <script>\n\n> a [x](y)", encoding="utf-8")
    assert (
        "<p># &lt;script&gt;</p>\n<p>&gt; a x (Formatting only)</p>"
        in run("redline", "bad", "worse", "--format", "html")[1]
    )
    assert "\u00ad" not in run("redline", "bad", "worse")[1]


@pytest.mark.usefixtures("folder")
def test_lines_are_numbered() -> None:
    assert run("lines", "base") == (0, "   1  We will raise fuel duty.\n   2  a b\n", "")


@pytest.mark.usefixtures("folder")
def test_a_merge_is_clean_or_a_conflict() -> None:
    status, out, errors = run("merge", "base", "ours", "theirs")
    assert (status, out) == (0, "We will not raise fuel tax.\n")
    assert errors == "Verdict: near.\nClause 1: negations changed: “not”.\n"
    status, out, errors = run("merge", "base", "ours", "never")
    assert (status, errors) == (1, "Verdict: conflict.\n")
    assert out == "Line 1\n  base:   will raise\n  ours:   will not raise\n  theirs: will never raise\n"
    status, out, errors = run("merge", "base", "ours", "never", "--json")
    answer = json.loads(out)
    assert (status, errors, answer["verdict"], answer["text"]) == (1, "", "conflict", None)
    assert set(answer["conflicts"][0]) == {"unit", "base", "ours", "theirs", "line"}
    assert answers("merge", "base", "ours", "ours", "--json")[0]["verdict"] == "redundant"


@pytest.mark.usefixtures("folder")
def test_the_choices_are_listed() -> None:
    out = "Choice 1: ours, never\nIn any order: theirs\nIdentical: ours, ours\n"
    assert run("graph", "base", "ours", "never", "theirs", "ours") == (0, out, "")
    assert answers("graph", "base", "ours", "never", "--json") == [
        {"choices": [["ours", "never"]], "free": [], "identical": []}
    ]
    assert run("graph", "base", "ours", "never")[1] == "Choice 1: ours, never\nIn any order: none\n"


def test_amendments_in_words_are_read_and_written(folder: Path) -> None:
    told = "leave out ‘fuel duty’ and insert ‘the land tax’"
    amended = "We will raise the land tax.\n\n- a b\n"
    (folder / "words").write_text(told, encoding="utf-8")
    (folder / "amended").write_text(amended, encoding="utf-8")
    assert run("apply", "base", "words") == run("apply", "base", told) == (0, amended, "")
    status, out, error = run("apply", "base", "leave out ‘income tax’")
    assert (status, out, "income tax" in error) == (1, "", True)
    (answer,) = answers("apply", "base", "leave out ‘income tax’", "--json")
    assert (answer["text"], answer["error"] + "\n") == (None, error)
    (folder / "long").write_text("x " * 200_001, encoding="utf-8")
    status, out, error = run("instruct", "long", "base")
    assert (status, out, "400,000" in error) == (1, "", True)
    status, written, _nothing = run("instruct", "base", "amended")
    assert (status, run("apply", "base", written)[1]) == (0, amended)


def test_a_batch_has_one_answer_a_line_in_order(folder: Path) -> None:
    lines = [
        json.dumps(
            {"a": "x", "b": "y\ud800", "base": "x", "ours": "x", "theirs": "y", "instruction": "insert at end ‘y’"}
        ),
        *["", "no", "[]"],
        json.dumps({"a": "x", "b": 1, "base": "x", "instruction": "whisper"}),
    ]
    (folder / "batch").write_text("\n".join(lines), encoding="utf-8")
    missing = {"text": None, "error": "This line is not JSON."}
    diffs = answers("diff", "--batch", "batch")
    assert (diffs[0]["accepted"], diffs[1]) == ("y\ud800", missing)
    assert diffs[2] == diffs[3] == {"text": None, "error": "This line needs texts named a, b."}
    assert answers("merge", "--batch", "batch")[0] == {
        "verdict": "untouched",
        "text": "y",
        "conflicts": [],
        "notes": [],
    }
    applied = answers("apply", "--batch", "batch")
    assert [each["text"] for each in applied] == ["x y", None, None, None]
    assert "not understood" in applied[3]["error"].lower()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["merge", "base", "gone", "ours"],
            "gone: cannot be read (No such file or directory). Name a file that is there.",
        ),
        (["merge", "base", "latin", "ours"], "latin: is not UTF-8. Save it as UTF-8 text."),
        (["merge", "base"], "merge needs a file for OURS, or --batch FILE."),
        (["apply", "base"], "apply needs an INSTRUCTION, or --batch FILE."),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], message: str) -> None:
    assert run(*arguments) == (2, "", f"{message}\n")


def test_the_module_runs_as_a_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["policies.text", "lines", "no such file"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("policies.text", run_name="__main__")
    assert (end.value.code, capsys.readouterr().err[:14]) == (2, "no such file: ")


def test_a_batch_may_begin_with_a_byte_order_mark_and_hold_a_line_nested_without_end(folder: Path) -> None:
    (folder / "marked").write_text('\ufeff{"a": "x", "b": "y"}\r\n' + "[" * 100_000, encoding="utf-8")
    first, second = answers("diff", "--batch", "marked")
    assert (first["accepted"], second) == ("y", {"text": None, "error": "This line is not JSON."})


def test_one_bad_line_of_a_batch_does_not_cost_the_others_their_answers(folder: Path) -> None:
    bad = [b"null", b"NaN", b"9" * 6_000, b"\0", b'{"a": "\xff", "b": "x"}', b'{"a": null, "b": "x"}', b'{"a": "x"} y']
    (folder / "mixed").write_bytes(b"\n".join([*bad, b'{"a": "\\u0000", "b": "\\udfff"}']))
    *refused, last = answers("diff", "--batch", "mixed")
    texts, json_, utf = "needs texts named a, b", "is not JSON", "is not UTF-8"
    wanted = [texts, texts, json_, json_, utf, texts, json_]
    assert refused == [{"text": None, "error": f"This line {each}."} for each in wanted]
    assert (last["rejected"], last["accepted"]) == ("\0", "\udfff")
