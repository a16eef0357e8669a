"""Reports of every text, clerks' decisions and appeals; the words of what is hidden; complaints about personal data.

What was reported of arguments becomes cases, under the same references. A word that a clerk of one group had given in a
case still open has to be given again: it was not kept then which words it was about.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
COMPLAINT_STAGES = ("received", "looked_into", "answered")
KINDS = (
    "version",
    "reason",
    "amendment",
    "objection",
    "argument",
    "offer",
    "statement",
    "office",
    "reservation",
    "pause",
    "ruling",
    "appeal",
    "answer",
    "position",
    "round",
    "orders",
    "page",
)
STAGES = ("waiting", "held", "hidden", "left", "gone")
SIDES = ("author", "reporter")
VERDICTS = ("hide", "leave")
WRONGS = ("illegal", "personal", "abuse", "spam", "other")
FORMER_WRONGS = ("personal", "abuse", "law", "off_topic", "other")
FORMER_ENDS = ("hidden", "left", "withdrawn")
NOW_CALLED = {"law": "illegal", "off_topic": "spam", "withdrawn": "gone"}
FORMERLY = {now: before for before, now in NOW_CALLED.items()}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# Of arguments: the checks that name columns which go, and those columns.
CHECKS = {
    "ck_arguments_queued_can_be_read": "queued_since IS NULL OR (hidden_at IS NULL AND withdrawn_at IS NULL)",
    "ck_arguments_counts": "sitting >= 1 AND reports_beyond >= 0",
}
GOING = ("sitting", "queued_since", "reports_beyond")


def upgrade() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("stage", _one_of(COMPLAINT_STAGES, "complaint_stage"), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("spoken_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(stage = 'answered') = (ended_at IS NOT NULL)", name=op.f("ck_complaints_answered_has_moment")
        ),
        sa.CheckConstraint(
            "(stage = 'received') = (spoken_at IS NULL)", name=op.f("ck_complaints_looked_into_is_said")
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_complaints_says_something")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("key", name=op.f("uq_complaints_key")),
    )
    op.create_index("ix_complaints_received_at", "complaints", ["received_at"])

    op.create_table(
        "complaint_answers",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("is_outcome", sa.Boolean(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_complaint_answers_says_something")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_answers_complaint_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["people.id"], name=op.f("fk_complaint_answers_said_by_id")),
        sa.PrimaryKeyConstraint("complaint_id", "place", name=op.f("pk_complaint_answers")),
    )
    op.create_table(
        "moderation_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("kind", _one_of(KINDS, "case_kind"), nullable=False),
        sa.Column("subject", sa.String(length=220), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("stage", _one_of(STAGES, "case_stage"), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("on_appeal", sa.Boolean(), nullable=False),
        sa.Column("had_appeal", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("voice", _one_of(GROUPS, "case_voice", 16), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("queued_since", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reports_beyond", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stage = 'hidden') = (reason <> '')", name=op.f("ck_moderation_cases_hidden_has_reason")),
        sa.CheckConstraint(
            "(stage IN ('held', 'hidden')) = (hidden_at IS NOT NULL)",
            name=op.f("ck_moderation_cases_hidden_has_moment"),
        ),
        sa.CheckConstraint(
            "(stage IN ('hidden', 'left')) = (decided_at IS NOT NULL)",
            name=op.f("ck_moderation_cases_decided_has_moment"),
        ),
        sa.CheckConstraint(
            "stage <> 'gone' OR queued_since IS NULL", name=op.f("ck_moderation_cases_gone_waits_for_nobody")
        ),
        sa.CheckConstraint("NOT on_appeal OR queued_since IS NOT NULL", name=op.f("ck_moderation_cases_appeal_waits")),
        sa.CheckConstraint("sitting >= 1 AND reports_beyond >= 0", name=op.f("ck_moderation_cases_counts")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_moderation_cases_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_cases")),
        sa.UniqueConstraint("key", name=op.f("uq_moderation_cases_key")),
        sa.UniqueConstraint("subject", name=op.f("uq_moderation_cases_subject")),
    )
    op.create_index("ix_moderation_cases_author_id", "moderation_cases", ["author_id"])
    op.create_index("ix_moderation_cases_decided_at", "moderation_cases", ["decided_at"])
    op.create_index("ix_moderation_cases_queued_since", "moderation_cases", ["queued_since"])

    op.create_table(
        "case_appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("side", _one_of(SIDES, "appeal_side"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_case_appeals_has_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_cases.id"], name=op.f("fk_case_appeals_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_appeals")),
        sa.UniqueConstraint("case_id", "sitting", name=op.f("uq_case_appeals_case_id_sitting")),
    )
    op.create_table(
        "case_words",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "case_word_group", 16), nullable=False),
        sa.Column("verdict", _one_of(VERDICTS, "case_verdict"), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("verdict = 'leave' OR reason <> ''", name=op.f("ck_case_words_hiding_has_reason")),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_case_words_whole_hash")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_cases.id"], name=op.f("fk_case_words_case_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_case_words_clerk_id")),
        sa.PrimaryKeyConstraint("case_id", "sitting", "group_key", name=op.f("pk_case_words")),
    )
    op.create_table(
        "hidden_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_key", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("instead", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_cases.id"], name=op.f("fk_hidden_words_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden_words")),
        sa.UniqueConstraint(
            "table_name", "row_key", "case_id", name=op.f("uq_hidden_words_table_name_row_key_case_id")
        ),
    )
    op.create_index("ix_hidden_words_case_id", "hidden_words", ["case_id"])
    op.create_index(
        "uq_hidden_words_one_keeps",
        "hidden_words",
        ["table_name", "row_key"],
        unique=True,
        sqlite_where=sa.text("words IS NOT NULL"),
        postgresql_where=sa.text("words IS NOT NULL"),
    )

    connection = op.get_bind()
    arguments = [dict(row) for row in connection.execute(sa.text("SELECT * FROM arguments ORDER BY id")).mappings()]
    reports = [dict(row) for row in connection.execute(sa.text("SELECT * FROM reports ORDER BY id")).mappings()]
    said = [dict(row) for row in connection.execute(sa.text("SELECT * FROM argument_rulings")).mappings()]
    op.drop_index("ix_reports_argument_id", "reports")
    op.drop_table("reports")
    op.drop_table("argument_rulings")
    _make_reports()
    _without_columns()
    _become_cases(connection, arguments, reports, said)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT count(*) FROM hidden_words")):
        raise RuntimeError(
            "Clerks have hidden texts that the release before would show. Have clerks show them again first."
        )
    of_arguments = "SELECT * FROM moderation_cases WHERE kind = 'argument' ORDER BY id"
    cases = {row["id"]: dict(row) for row in connection.execute(sa.text(of_arguments)).mappings()}
    reports = [dict(row) for row in connection.execute(sa.text("SELECT * FROM reports ORDER BY id")).mappings()]
    said = [dict(row) for row in connection.execute(sa.text("SELECT * FROM case_words")).mappings()]
    op.drop_index("ix_reports_case_id", "reports")
    op.drop_table("reports")
    op.drop_table("hidden_words")
    op.drop_table("case_words")
    op.drop_table("case_appeals")
    op.drop_table("moderation_cases")
    op.drop_table("complaint_answers")
    op.drop_table("complaints")
    _with_columns()
    _make_former_tables()
    _become_arguments(connection, cases, reports, said)


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("wrong", _one_of(WRONGS, "report_wrong"), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settlement", _one_of(STAGES, "report_settlement"), nullable=True),
        sa.CheckConstraint("wrong <> 'other' OR words <> ''", name=op.f("ck_reports_other_is_said")),
        sa.CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_reports_settled_has_outcome")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_cases.id"], name=op.f("fk_reports_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_reports_key")),
    )
    op.create_index("ix_reports_case_id", "reports", ["case_id"])


def _make_former_tables() -> None:
    op.create_table(
        "argument_rulings",
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "argument_ruling_group", 16), nullable=False),
        sa.Column("verdict", _one_of(VERDICTS, "argument_verdict"), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("verdict = 'leave' OR reason <> ''", name=op.f("ck_argument_rulings_hiding_has_reason")),
        sa.ForeignKeyConstraint(["argument_id"], ["arguments.id"], name=op.f("fk_argument_rulings_argument_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_argument_rulings_clerk_id")),
        sa.PrimaryKeyConstraint("argument_id", "sitting", "group_key", name=op.f("pk_argument_rulings")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(FORMER_WRONGS, "report_kind"), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settlement", _one_of(FORMER_ENDS, "report_settlement"), nullable=True),
        sa.CheckConstraint("kind <> 'other' OR words <> ''", name=op.f("ck_reports_other_is_said")),
        sa.CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_reports_settled_has_outcome")),
        sa.ForeignKeyConstraint(["argument_id"], ["arguments.id"], name=op.f("fk_reports_argument_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_reports_key")),
    )
    op.create_index("ix_reports_argument_id", "reports", ["argument_id"])


def _without_columns() -> None:
    """Take the columns that are in cases now out of arguments, and the checks that name them."""
    op.drop_index("ix_arguments_queued_since", "arguments")
    if op.get_bind().dialect.name == "sqlite":
        _reword(dict.fromkeys(_checks(), "") | {_reason(500): _reason(700)})
    else:
        for name in CHECKS:
            op.drop_constraint(op.f(name), "arguments", type_="check")
        op.alter_column("arguments", "hidden_reason", type_=sa.String(length=700), existing_nullable=False)
    for name in GOING:
        op.drop_column("arguments", name)


def _with_columns() -> None:
    """Put them back, as they are where nothing was ever reported."""
    op.execute("UPDATE arguments SET hidden_reason = '…' WHERE length(hidden_reason) > 500")
    op.add_column("arguments", sa.Column("sitting", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("arguments", sa.Column("queued_since", sa.DateTime(), nullable=True))
    op.add_column("arguments", sa.Column("reports_beyond", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "sqlite":
        _reword({_KEY: "".join(_checks()) + _KEY, _reason(700): _reason(500)})
    else:
        for name, check in CHECKS.items():
            op.create_check_constraint(op.f(name), "arguments", check)
        op.alter_column("arguments", "hidden_reason", type_=sa.String(length=500), existing_nullable=False)
    op.create_index("ix_arguments_queued_since", "arguments", ["queued_since"])


_KEY = ", \n\tCONSTRAINT uq_arguments_key "


def _checks() -> list[str]:
    return [f", \n\tCONSTRAINT {name} CHECK ({check})" for name, check in CHECKS.items()]


def _reason(characters: int) -> str:
    return f"hidden_reason VARCHAR({characters})"


def _reword(words: dict[str, str]) -> None:
    """SQLite cannot drop a check; its manual's way is to change the words of the table's definition."""
    connection = op.get_bind()
    definition = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'arguments'"
    said = str(connection.scalar(sa.text(definition)))
    for before, after in words.items():
        assert said.count(before) == 1, f"arguments does not say {before}"
        said = said.replace(before, after)
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :said WHERE type = 'table' AND name = 'arguments'"), {"said": said}
    )
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def _become_cases(connection: sa.Connection, arguments: list[dict], reports: list[dict], said: list[dict]) -> None:
    """Each argument that was reported or ruled on becomes a case, its reports and rulings what belongs to that."""
    for argument in arguments:
        own = [row for row in reports if row["argument_id"] == argument["id"]]
        words = [row for row in said if row["argument_id"] == argument["id"]]
        if not own and not words:
            continue
        case = _case_of(argument, own, words)
        _insert(connection, "moderation_cases", case)
        case_id = connection.scalar(
            sa.text("SELECT id FROM moderation_cases WHERE subject = :subject"), {"subject": case["subject"]}
        )
        for row in own:
            settlement = NOW_CALLED.get(row["settlement"], row["settlement"])
            told = {name: row[name] for name in ("key", "words", "filed_at", "settled_at")}
            wrong = NOW_CALLED.get(row["kind"], row["kind"])
            _insert(
                connection,
                "reports",
                {**told, "case_id": case_id, "wrong": wrong, "contact": "", "settlement": settlement},
            )
        for row in words:
            told = {name: row[name] for name in ("sitting", "group_key", "verdict", "reason", "clerk_id")}
            of_no_words = {"fingerprint": "0" * 64, "at_once": False, "said_at": row["ruled_at"]}
            _insert(connection, "case_words", {**told, **of_no_words, "case_id": case_id})
        if argument["hidden_at"]:
            on = str(argument["hidden_at"])
            day = f"{int(on[8:10])} {MONTHS[int(on[5:7]) - 1]} {on[:4]}"
            sentence = (
                f"Hidden by clerks of two groups on {day} because: {argument['hidden_reason']} Case {case['key']}."
            )
            connection.execute(
                sa.text("UPDATE arguments SET hidden_reason = :sentence WHERE id = :id"),
                {"sentence": sentence, "id": argument["id"]},
            )


def _case_of(argument: dict, reports: list[dict], said: list[dict]) -> dict:
    ended = [row["settled_at"] for row in reports if row["settled_at"]] + [row["ruled_at"] for row in said]
    stage = "hidden" if argument["hidden_at"] else "waiting" if argument["queued_since"] else "left"
    stage = "gone" if argument["withdrawn_at"] else stage
    is_decided = stage in ("hidden", "left")
    begun = [row["filed_at"] for row in reports] + [row["ruled_at"] for row in said]
    return {
        "key": "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(12)),
        "kind": "argument",
        "subject": f"argument:arguments:{argument['id']}",
        "page": "/",
        "stage": stage,
        "sitting": argument["sitting"],
        "on_appeal": False,
        "had_appeal": False,
        "reason": argument["hidden_reason"],
        "author_id": argument["author_id"],
        "opened_at": min(begun),
        "queued_since": argument["queued_since"],
        "hidden_at": argument["hidden_at"],
        "decided_at": (argument["hidden_at"] or max(ended, default=min(begun))) if is_decided else None,
        "reports_beyond": argument["reports_beyond"],
    }


def _become_arguments(connection: sa.Connection, cases: dict[int, dict], reports: list[dict], said: list[dict]) -> None:
    """The way back. What was reported of other texts is gone, and so is what was said on appeal."""
    for case in cases.values():
        of_argument = {"id": int(case["subject"].rpartition(":")[2])}
        if case["stage"] == "held":
            connection.execute(
                sa.text("UPDATE arguments SET hidden_at = NULL, hidden_reason = '' WHERE id = :id"), of_argument
            )
        if case["stage"] == "hidden":
            connection.execute(
                sa.text("UPDATE arguments SET hidden_reason = :reason WHERE id = :id"),
                {**of_argument, "reason": case["reason"]},
            )
        queued = None if case["stage"] == "hidden" else case["queued_since"]
        connection.execute(
            sa.text(
                "UPDATE arguments SET sitting = :sitting, queued_since = :queued, reports_beyond = :beyond"
                " WHERE id = :id"
            ),
            {**of_argument, "sitting": case["sitting"], "queued": queued, "beyond": case["reports_beyond"]},
        )
    place = {key: int(case["subject"].rpartition(":")[2]) for key, case in cases.items()}
    for row in reports:
        if row["case_id"] in place:
            told = {name: row[name] for name in ("key", "words", "filed_at", "settled_at")}
            kind, end = FORMERLY.get(row["wrong"], row["wrong"]), FORMERLY.get(row["settlement"], row["settlement"])
            _insert(
                connection, "reports", {**told, "argument_id": place[row["case_id"]], "kind": kind, "settlement": end}
            )
    for row in said:
        if row["case_id"] in place:
            told = {name: row[name] for name in ("sitting", "group_key", "verdict", "reason", "clerk_id")}
            more = {"argument_id": place[row["case_id"]], "ruled_at": row["said_at"]}
            _insert(connection, "argument_rulings", {**told, **more})


def _insert(connection: sa.Connection, table: str, row: dict) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
