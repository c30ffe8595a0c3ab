"""the question desk

Revision: 0003
Follows: 0002
"""

import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BATCH = 500

banks = sa.table("bank", sa.column("id", sa.Integer))
topics = sa.table(
    "bank_topic",
    sa.column("id", sa.Integer),
    sa.column("bank_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("position", sa.Integer),
)
questions = sa.table(
    "bank_question",
    sa.column("id", sa.Integer),
    sa.column("bank_id", sa.Integer),
    sa.column("code", sa.String),
    sa.column("state", sa.String),
    sa.column("current_revision_id", sa.Integer),
    sa.column("changed_at", sa.DateTime(timezone=True)),
    sa.column("kind", sa.String),
    sa.column("topic", sa.String),
    sa.column("topic_id", sa.Integer),
    sa.column("difficulty", sa.Integer),
    sa.column("search_key", sa.String),
)
revisions = sa.table(
    "question_revision",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("topic", sa.String),
    sa.column("difficulty", sa.Integer),
    sa.column("content", sa.JSON),
    sa.column("written_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    _create_tables()
    _add_columns()
    _fill_questions()
    _fill_topics()
    # What was remarked before notes could be settled is no longer open once the question was approved or retired.
    op.execute(
        "UPDATE review_note SET settled_at = at, settled_by = person_id WHERE verdict IN ('remark', 'returned') AND "
        "question_id IN (SELECT id FROM bank_question WHERE state IN ('approved', 'retired'))"
    )
    op.drop_index("ix_bank_question_bank_id_state", "bank_question")
    counted = ["bank_id", "state", "topic_id", "difficulty", "approved_revision_id"]
    op.create_index("ix_bank_question_counted", "bank_question", counted)
    for name, column in (
        ("change", "changed_at"),
        ("state", "state"),
        ("topic", "topic"),
        ("difficulty", "difficulty"),
    ):
        op.create_index(f"ix_bank_question_by_{name}", "bank_question", ["bank_id", column, "code"])
    op.create_index("ix_bank_question_bank_id_created_by", "bank_question", ["bank_id", "created_by"])
    op.create_index("ix_bank_question_topic_id", "bank_question", ["topic_id"])


def _create_tables() -> None:
    op.create_table(
        "bank_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_bank_topic_bank_id_bank")),
        sa.ForeignKeyConstraint(["parent_id"], ["bank_topic.id"], name=op.f("fk_bank_topic_parent_id_bank_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_topic")),
    )
    op.create_index("ix_bank_topic_bank_id", "bank_topic", ["bank_id"])
    op.create_table(
        "question_look",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum("found", "seen", "previewed", "printed", "exported", name="lookact", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_look_person_id_person")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["bank_question.id"], name=op.f("fk_question_look_question_id_bank_question")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name=op.f("fk_question_look_revision_id_question_revision")
        ),
        sa.PrimaryKeyConstraint("revision_id", "person_id", "act", "hour", name=op.f("pk_question_look")),
    )
    op.create_index("ix_question_look_question_id", "question_look", ["question_id"])


def _add_columns() -> None:
    """Column by column: SQLite could not make these tables anew while others point at them."""
    op.add_column("bank_question", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("bank_question", sa.Column("kind", sa.String(length=20), nullable=True))
    op.add_column("bank_question", sa.Column("topic", sa.String(), nullable=True))
    op.add_column("bank_question", sa.Column("difficulty", sa.Integer(), nullable=True))
    op.add_column("bank_question", sa.Column("search_key", sa.String(), nullable=True))
    _add_reference("bank_question", "topic_id", "bank_topic")
    _add_reference("review_note", "answers_id", "review_note")
    _add_reference("review_note", "settled_by", "person")
    op.add_column("review_note", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("question_revision", "search_key")


def _add_reference(table: str, column: str, other: str) -> None:
    name = f"fk_{table}_{column}_{other}"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {other} (id)")


def _fill_questions() -> None:
    """Each question repeats what its current revision says."""
    connection = op.get_bind()
    current = (
        sa.select(
            questions.c.id,
            questions.c.code,
            revisions.c.kind,
            revisions.c.topic,
            revisions.c.difficulty,
            revisions.c.content,
            revisions.c.written_at,
        )
        .join(revisions, revisions.c.id == questions.c.current_revision_id)
        .order_by(questions.c.id)
    )
    last = 0
    while rows := connection.execute(current.where(questions.c.id > last).limit(BATCH)).all():
        last = rows[-1].id
        for row in rows:
            words = _folded(" ".join((row.code, *_texts(row.content))))
            values = {"kind": row.kind, "topic": row.topic, "difficulty": row.difficulty, "changed_at": row.written_at}
            connection.execute(questions.update().where(questions.c.id == row.id).values(search_key=words, **values))


def _fill_topics() -> None:
    """Every topic that questions of a bank name stands at the top of its tree, in alphabetical order."""
    connection = op.get_bind()
    for bank_id in connection.scalars(sa.select(banks.c.id)).all():
        of_bank = questions.c.bank_id == bank_id
        names = connection.scalars(sa.select(questions.c.topic).where(of_bank).distinct()).all()
        for position, name in enumerate(sorted(name for name in names if name), start=1):
            topic_id = connection.scalar(
                topics.insert().values(bank_id=bank_id, name=name, position=position).returning(topics.c.id)
            )
            connection.execute(questions.update().where(of_bank, questions.c.topic == name).values(topic_id=topic_id))


def _texts(content: object, name: str = "") -> Iterator[str]:
    """The words of a question, as they were searched when this was written."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _texts(value, key)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value, name)
    elif isinstance(content, str) and name not in {"kind", "id"}:
        yield content


def _folded(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).lower().replace("đ", "d").split())
    return "".join(each for each in unicodedata.normalize("NFD", spaced) if not unicodedata.combining(each))
