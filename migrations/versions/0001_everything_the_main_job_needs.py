"""Everything the main job needs: people, planks, amendments, rounds, stances, the record."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "audit_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_seals_previous")),
        sa.UniqueConstraint("seal", name=op.f("uq_audit_seals_seal")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "demonstrations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("clock_offset", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_demonstrations_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstrations")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("is_demonstration OR NOT is_offered", name=op.f("ck_people_only_the_made_up_are_offered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("name", name=op.f("uq_themes_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_themes_slug")),
    )
    op.create_table(
        "audit_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.Column("by_group", sa.String(length=16), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["seal_id"], ["audit_seals.id"], name=op.f("fk_audit_rows_seal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_rows")),
    )
    with op.batch_alter_table("audit_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_rows_seal_id"), ["seal_id"], unique=False)
        batch_op.create_index("ix_audit_rows_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="membership_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "applied",
                "invited",
                "verified",
                "active",
                "lapsed",
                "suspended",
                "left",
                "removed",
                "erased",
                name="membership_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_clerk", sa.Boolean(), nullable=False),
        sa.Column("active_since", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_group_key"), ["group_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_memberships_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_memberships_one_active",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("stage = 'active'"),
            postgresql_where=sa.text("stage = 'active'"),
        )

    op.create_table(
        "planks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "seeking_seconders",
                "checking",
                "open",
                "balloting",
                "lapsed",
                "ruled_out",
                "withdrawn",
                "composited",
                "archived",
                name="plank_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mover_id", sa.Integer(), nullable=True),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour", "lib_dem", "green", name="plank_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("draft_title", sa.String(length=500), nullable=True),
        sa.Column("draft_text", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("checking_since", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("end_reason", sa.String(length=1000), nullable=False),
        sa.Column("working_version_id", sa.Integer(), nullable=True),
        sa.Column("agreed_version_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(stage = 'draft') = (draft_text IS NOT NULL)", name=op.f("ck_planks_draft_has_text")),
        sa.CheckConstraint("(stage = 'draft') = (draft_title IS NOT NULL)", name=op.f("ck_planks_draft_has_title")),
        sa.CheckConstraint(
            "stage = 'draft' OR working_version_id IS NOT NULL", name=op.f("ck_planks_submitted_has_version")
        ),
        sa.CheckConstraint(
            "stage NOT IN ('open', 'balloting', 'composited', 'archived') OR number IS NOT NULL",
            name=op.f("ck_planks_open_has_number"),
        ),
        sa.CheckConstraint("(mover_id IS NULL) = (group_key IS NULL)", name=op.f("ck_planks_mover_has_group")),
        sa.CheckConstraint("(number IS NULL) = (opened_at IS NULL)", name=op.f("ck_planks_number_has_moment")),
        sa.ForeignKeyConstraint(
            ["agreed_version_id"], ["versions.id"], name=op.f("fk_planks_agreed_version_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["mover_id"], ["people.id"], name=op.f("fk_planks_mover_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_planks_theme_id")),
        sa.ForeignKeyConstraint(
            ["working_version_id"], ["versions.id"], name=op.f("fk_planks_working_version_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planks")),
        sa.UniqueConstraint("key", name=op.f("uq_planks_key")),
        sa.UniqueConstraint("number", name=op.f("uq_planks_number")),
        sa.UniqueConstraint("source", name=op.f("uq_planks_source")),
    )
    with op.batch_alter_table("planks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planks_mover_id"), ["mover_id"], unique=False)
        batch_op.create_index("ix_planks_stage_number", ["stage", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_planks_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "plank_seconds",
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="plank_second_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("seconded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_plank_seconds_person_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_plank_seconds_plank_id")),
        sa.PrimaryKeyConstraint("plank_id", "person_id", name=op.f("pk_plank_seconds")),
    )
    op.create_table(
        "rulings",
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour", "lib_dem", "green", name="ruling_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(question = 'archive') = (verdict = 'archive')", name=op.f("ck_rulings_verdict_answers_question")
        ),
        sa.CheckConstraint("verdict = 'in_order' OR reason <> ''", name=op.f("ck_rulings_refusal_has_reason")),
        sa.CheckConstraint("verdict IN ('in_order', 'out_of_order', 'archive')", name=op.f("ck_rulings_known_verdict")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_rulings_clerk_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_rulings_plank_id")),
        sa.PrimaryKeyConstraint("plank_id", "question", "group_key", name=op.f("pk_rulings")),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "proposed",
                "imported",
                "amendment",
                "consensus wording",
                "composite",
                "editorial",
                name="version_cause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column(
            "author_group",
            sa.Enum(
                "labour", "lib_dem", "green", name="version_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(amendment_id IS NOT NULL) = (cause = 'amendment')", name=op.f("ck_versions_cause_names_amendment")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_versions_whole_hash")),
        sa.CheckConstraint("number >= 1 AND minor >= 0", name=op.f("ck_versions_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendments.id"], name=op.f("fk_versions_amendment_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_versions_author_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["versions.id"], name=op.f("fk_versions_parent_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_versions_plank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("plank_id", "number", "minor", name=op.f("uq_versions_plank_id_number_minor")),
    )
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_versions_plank_id"), ["plank_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_versions_sha256"), ["sha256"], unique=False)

    op.create_table(
        "amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "submitted",
                "open",
                "balloting",
                "carried",
                "not_carried",
                "minority_position",
                "no_quorum",
                "withdrawn",
                "superseded",
                "fallen",
                "ruled_out",
                name="amendment_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mover_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="amendment_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("draft_base_id", sa.Integer(), nullable=True),
        sa.Column("draft_title", sa.String(length=500), nullable=True),
        sa.Column("draft_text", sa.Text(), nullable=True),
        sa.Column("draft_reason", sa.String(length=4000), nullable=True),
        sa.Column("draft_unit", sa.String(length=40), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("stage <> 'draft' OR draft_base_id IS NOT NULL", name=op.f("ck_amendments_draft_has_words")),
        sa.CheckConstraint(
            "stage = 'draft' OR revision_id IS NOT NULL", name=op.f("ck_amendments_submitted_has_revision")
        ),
        sa.CheckConstraint(
            "stage NOT IN ('open', 'balloting', 'carried', 'not_carried', 'minority_position', 'no_quorum') OR number IS NOT NULL",
            name=op.f("ck_amendments_open_has_number"),
        ),
        sa.CheckConstraint(
            "(draft_base_id IS NULL) = (draft_reason IS NULL)", name=op.f("ck_amendments_draft_reason_with_base")
        ),
        sa.CheckConstraint(
            "(draft_base_id IS NULL) = (draft_text IS NULL)", name=op.f("ck_amendments_draft_text_with_base")
        ),
        sa.CheckConstraint(
            "(draft_base_id IS NULL) = (draft_title IS NULL)", name=op.f("ck_amendments_draft_title_with_base")
        ),
        sa.CheckConstraint("(number IS NULL) = (opened_at IS NULL)", name=op.f("ck_amendments_number_has_moment")),
        sa.ForeignKeyConstraint(["draft_base_id"], ["versions.id"], name=op.f("fk_amendments_draft_base_id")),
        sa.ForeignKeyConstraint(["mover_id"], ["people.id"], name=op.f("fk_amendments_mover_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_amendments_plank_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_amendments_revision_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("key", name=op.f("uq_amendments_key")),
        sa.UniqueConstraint("plank_id", "number", name=op.f("uq_amendments_plank_id_number")),
    )
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendments_mover_id"), ["mover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendments_plank_id"), ["plank_id"], unique=False)

    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "endorsement", "amendments", name="round_kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "prepared",
                "open",
                "closed",
                "published",
                "cancelled",
                name="round_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "prepared_group",
            sa.Enum(
                "labour", "lib_dem", "green", name="round_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=True,
        ),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("ended_reason", sa.String(length=1000), nullable=False),
        sa.Column("rerun_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(stage = 'published') = (published_at IS NOT NULL)", name=op.f("ck_rounds_published_has_moment")
        ),
        sa.CheckConstraint(
            "stage IN ('prepared', 'cancelled') OR opens_at IS NOT NULL", name=op.f("ck_rounds_open_has_times")
        ),
        sa.CheckConstraint("(opens_at IS NULL) = (closes_at IS NULL)", name=op.f("ck_rounds_both_times")),
        sa.CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_rounds_closes_after_opening")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_rounds_plank_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["people.id"], name=op.f("fk_rounds_prepared_by_id")),
        sa.ForeignKeyConstraint(["rerun_of_id"], ["rounds.id"], name=op.f("fk_rounds_rerun_of_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_rounds_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("number", name=op.f("uq_rounds_number")),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rounds_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_rounds_opens_at"), ["opens_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_rounds_plank_id"), ["plank_id"], unique=False)
        batch_op.create_index(
            "uq_rounds_one_live",
            ["plank_id"],
            unique=True,
            sqlite_where=sa.text("stage IN ('prepared', 'open', 'closed')"),
            postgresql_where=sa.text("stage IN ('prepared', 'open', 'closed')"),
        )

    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour", "lib_dem", "green", name="ballot_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column(
            "form",
            sa.Enum(
                "endorse",
                "reserve",
                "except",
                "withdraw",
                name="ballot_form",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("orders_version", sa.Integer(), nullable=False),
        sa.Column(
            "quorum_mode",
            sa.Enum(
                "approval",
                "participation",
                name="ballot_quorum_mode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quorum", sa.String(length=20), nullable=False),
        sa.Column("threshold", sa.String(length=20), nullable=False),
        sa.Column("threshold_is_strict", sa.Boolean(), nullable=False),
        sa.Column("minority", sa.String(length=20), nullable=False),
        sa.Column("roll_size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_ballots_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("id", "round_id", name=op.f("uq_ballots_id_round_id")),
        sa.UniqueConstraint("round_id", "group_key", name=op.f("uq_ballots_round_id_group_key")),
    )
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballots_round_id"), ["round_id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("changed_tokens", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_revisions_amendment_id")),
        sa.ForeignKeyConstraint(["base_id"], ["versions.id"], name=op.f("fk_revisions_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("amendment_id", "number", name=op.f("uq_revisions_amendment_id_number")),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revisions_amendment_id"), ["amendment_id"], unique=False)

    op.create_table(
        "round_openings",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour", "lib_dem", "green", name="opening_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "endorse",
                "reserve",
                "except",
                "withdraw",
                name="opening_form",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_round_openings_clerk_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_openings_round_id")),
        sa.PrimaryKeyConstraint("round_id", "group_key", name=op.f("pk_round_openings")),
    )
    op.create_table(
        "stances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour", "lib_dem", "green", name="stance_group", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "endorsed",
                "reservation",
                "opt_out",
                "conditional",
                "declined",
                "no_quorum",
                "withdrawn",
                name="stance_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reservation') = (statement <> '')", name=op.f("ck_stances_reservation_has_statement")
        ),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_stances_plank_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_stances_round_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_stances_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stances")),
        sa.UniqueConstraint(
            "plank_id", "group_key", "version_id", name=op.f("uq_stances_plank_id_group_key_version_id")
        ),
    )
    with op.batch_alter_table("stances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stances_version_id"), ["version_id"], unique=False)

    op.create_table(
        "amendment_seconds",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="amendment_second_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("seconded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_amendment_seconds_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_amendment_seconds_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "person_id", name=op.f("pk_amendment_seconds")),
    )
    op.create_table(
        "counted_papers",
        sa.Column("mark", sa.String(length=26), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column(
            "choice",
            sa.Enum("yes", "no", "abstain", name="paper_choice", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_counted_papers_ballot_id")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_counted_papers")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("counted_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counted_papers_ballot_id"), ["ballot_id"], unique=False)

    op.create_table(
        "counted_receipts",
        sa.Column("receipt", sa.String(length=26), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_counted_receipts_ballot_id")),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_counted_receipts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("counted_receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counted_receipts_ballot_id"), ["ballot_id"], unique=False)

    op.create_table(
        "counts",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "carried",
                "not_carried",
                "no_quorum",
                name="count_outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("yes >= 0 AND no >= 0 AND abstain >= 0", name=op.f("ck_counts_no_negative_votes")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_counts_ballot_id")),
        sa.PrimaryKeyConstraint("ballot_id", "question", name=op.f("pk_counts")),
    )
    op.create_table(
        "objections",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="objection_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("objected_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_objections_has_reason")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_objections_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_objections_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "person_id", name=op.f("pk_objections")),
    )
    op.create_table(
        "open_papers",
        sa.Column("receipt", sa.String(length=26), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_open_papers_ballot_id")),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_open_papers")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("open_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_papers_ballot_id"), ["ballot_id"], unique=False)

    op.create_table(
        "roll_entries",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id", "round_id"],
            ["ballots.id", "ballots.round_id"],
            name=op.f("fk_roll_entries_ballot_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roll_entries_person_id")),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name=op.f("pk_roll_entries")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_roll_entries_round_id_person_id")),
    )
    with op.batch_alter_table("roll_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_entries_person_id"), ["person_id"], unique=False)

    op.create_table(
        "round_questions",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_round_questions_revision_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_questions_round_id")),
        sa.PrimaryKeyConstraint("round_id", "revision_id", name=op.f("pk_round_questions")),
    )
    op.create_table(
        "participations",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id", "person_id"],
            ["roll_entries.ballot_id", "roll_entries.person_id"],
            name=op.f("fk_participations_ballot_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name=op.f("pk_participations")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:

    op.drop_table("participations")
    op.drop_table("round_questions")
    with op.batch_alter_table("roll_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roll_entries_person_id"))

    op.drop_table("roll_entries")
    with op.batch_alter_table("open_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_papers_ballot_id"))

    op.drop_table("open_papers")
    op.drop_table("objections")
    op.drop_table("counts")
    with op.batch_alter_table("counted_receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_receipts_ballot_id"))

    op.drop_table("counted_receipts")
    with op.batch_alter_table("counted_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_papers_ballot_id"))

    op.drop_table("counted_papers")
    op.drop_table("amendment_seconds")
    with op.batch_alter_table("stances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stances_version_id"))

    op.drop_table("stances")
    op.drop_table("round_openings")
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revisions_amendment_id"))

    op.drop_table("revisions")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballots_round_id"))

    op.drop_table("ballots")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rounds_one_live",
            sqlite_where=sa.text("stage IN ('prepared', 'open', 'closed')"),
            postgresql_where=sa.text("stage IN ('prepared', 'open', 'closed')"),
        )
        batch_op.drop_index(batch_op.f("ix_rounds_plank_id"))
        batch_op.drop_index(batch_op.f("ix_rounds_opens_at"))
        batch_op.drop_index(batch_op.f("ix_rounds_closes_at"))

    op.drop_table("rounds")
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amendments_plank_id"))
        batch_op.drop_index(batch_op.f("ix_amendments_mover_id"))

    op.drop_table("amendments")
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_versions_sha256"))
        batch_op.drop_index(batch_op.f("ix_versions_plank_id"))

    op.drop_table("versions")
    op.drop_table("rulings")
    op.drop_table("plank_seconds")
    with op.batch_alter_table("planks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planks_theme_id"))
        batch_op.drop_index("ix_planks_stage_number")
        batch_op.drop_index(batch_op.f("ix_planks_mover_id"))

    op.drop_table("planks")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_memberships_one_active",
            sqlite_where=sa.text("stage = 'active'"),
            postgresql_where=sa.text("stage = 'active'"),
        )
        batch_op.drop_index(batch_op.f("ix_memberships_person_id"))
        batch_op.drop_index(batch_op.f("ix_memberships_group_key"))

    op.drop_table("memberships")
    with op.batch_alter_table("audit_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_rows_subject")
        batch_op.drop_index(batch_op.f("ix_audit_rows_seal_id"))

    op.drop_table("audit_rows")
    op.drop_table("themes")
    op.drop_table("people")
    op.drop_table("demonstrations")
    op.drop_table("counters")
    op.drop_table("audit_seals")
