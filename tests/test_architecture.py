"""The house rules that a machine can check."""

import ast
import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

from flask import Flask

from policies.permissions import Permission

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    [*(path for top in ("app", "bin", "policies") for path in ROOT.glob(f"{top}/**/*.py")), ROOT / "wsgi.py"]
)
RULEBOOK = [path for path in SOURCES if path.is_relative_to(ROOT / "policies")]
TESTS = sorted(ROOT.glob("tests/**/*.py"))
TEMPLATES = sorted(ROOT.glob("app/templates/**/*.html"))
SHEETS = sorted(ROOT.glob("app/static/css/*.css"))

WEB = {"flask", "flask_login", "flask_wtf", "werkzeug"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_TEMPLATE = 150

# Routes that need no permission: files of the look, the same for everybody.
OPEN_ENDPOINTS = {"static", "assets.stylesheet", "assets.script", "assets.font"}
# Words that say nothing; names are the alliance's own.
EMPTY_NAMES = {"item", "items", "obj", "objs", "manager", "helper", "helpers", "util", "utils"}
# Imports inside a function are for what is heavy: the exports and the jobs.
MAY_IMPORT_LATE = {"exports.py", "pdf.py"}


def name_of(path: Path) -> str:
    """How a file is called in this repository."""
    return path.relative_to(ROOT).as_posix()


def of_each(paths: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """One test for all these files, which names each that breaks the rule: thousands of tests take longer to report."""

    def over(rule: Callable[[Path], None]) -> Callable[[], None]:
        @wraps(rule)
        def check() -> None:
            broken = []
            for path in paths:
                try:
                    rule(path)
                except AssertionError as fault:
                    broken.append(f"{name_of(path)}: {fault}")
            assert broken == []

        del check.__wrapped__  # pytest would ask for a fixture named `path`.
        return check

    return over


def tree_of(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_by(path: Path) -> set[str]:
    """The top packages a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found


def functions_of(path: Path) -> list[ast.FunctionDef]:
    """Every function and method in a file."""
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]


@of_each(RULEBOOK)
def test_the_rulebook_knows_nothing_of_the_web_or_the_database(path: Path) -> None:
    assert not {"app", "sqlalchemy", "flask_sqlalchemy", "jinja2", "whoosh", "nh3", *WEB} & imported_by(path)


@of_each(sorted(ROOT.glob("app/*/service.py")))
def test_services_do_not_know_about_requests(path: Path) -> None:
    assert not WEB & imported_by(path)


@of_each(sorted(ROOT.glob("app/*/service.py")))
def test_services_never_commit(path: Path) -> None:
    assert not re.search(r"\.(commit|rollback)\(", path.read_text(encoding="utf-8"))


@of_each(sorted(ROOT.glob("app/*/queries.py")))
def test_queries_never_write(path: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if ast.unparse(node.func.value) == "db.session"
    }
    assert not called & {"add", "add_all", "delete", "flush", "commit", "merge"}


@of_each(sorted(ROOT.glob("app/*/routes.py")))
def test_routes_hold_no_query_and_no_refusal_of_their_own(path: Path) -> None:
    assert "sqlalchemy" not in imported_by(path)
    assert "abort(" not in path.read_text(encoding="utf-8")


def test_every_route_declares_a_permission(app: Flask) -> None:
    bare = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "permission")
    }
    assert bare == OPEN_ENDPOINTS


def test_every_permission_opens_some_route(app: Flask) -> None:
    opened = {getattr(view, "permission", None) for view in app.view_functions.values()}
    assert set(Permission) - opened == set()


@of_each([*SOURCES, *TESTS])
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


@of_each(RULEBOOK)
def test_every_public_part_of_the_rulebook_is_described(path: Path) -> None:
    public = [
        node
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@of_each([*SOURCES, *TESTS])
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    long = [node.name for node in functions_of(path) if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


@of_each(SOURCES)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    if path.name in MAY_IMPORT_LATE:
        return
    late = [
        function.name
        for function in functions_of(path)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert late == []


@of_each([path for path in TESTS if path.name.startswith("test_") and "tests.app.at_once" in path.read_text("utf-8")])
def test_what_happens_many_times_at_once_is_tried_on_both_databases(path: Path) -> None:
    assert "pytest.mark.both" in path.read_text("utf-8")


@of_each(SOURCES)
def test_names_say_something(path: Path) -> None:
    names = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    names |= {function.name for function in functions_of(path)}
    assert not names & EMPTY_NAMES


def test_every_template_compiles_and_stays_short(app: Flask) -> None:
    for path in TEMPLATES:
        app.jinja_env.get_template(path.relative_to(ROOT / "app/templates").as_posix())
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= LONGEST_TEMPLATE
        # What is left of a half line, as after a bad merge, compiles too, and everybody would read it.
        assert not re.search(r"[}%#]}|{[{%#]", re.sub(r"{{.*?}}|{%.*?%}|{#.*?#}", "", source, flags=re.DOTALL))


@of_each(TEMPLATES)
def test_templates_hold_nothing_inline_and_trust_nothing_unsanitised(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.search(r"\|\s*safe\b", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


@of_each(SHEETS)
def test_style_sheets_fetch_nothing_from_elsewhere(path: Path) -> None:
    assert not re.search(r"@import|url\((?!['\"]?(data:|/static/|\.\./))", path.read_text(encoding="utf-8"))


def test_every_shown_component_has_its_style_sheet() -> None:
    sheets = {path.stem for path in SHEETS}
    components = {path.stem for path in ROOT.glob("app/templates/components/*.html") if not path.stem.startswith("_")}
    assert components - sheets == set()


def test_the_top_level_holds_what_the_map_in_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 130
    for folder in ("app", "policies", "migrations", "tests"):
        assert f"`{folder}/" in readme
