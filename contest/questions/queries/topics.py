"""The tree of topics of a bank."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from contest.questions.domain import PATH_MARK
from contest.questions.models import BankQuestion, BankTopic, QuestionRevision
from contest.questions.queries.pool import IN_USE, STANDING

Counts = tuple[int, ...]
"""For each difficulty from 1 to 5."""
NOTHING: Counts = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic: `path` names it from the top, `level` counts from 0, `branch` holds its id and those below it."""

    id: int
    parent_id: int | None
    name: str
    path: str
    level: int
    branch: frozenset[int]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """For one topic, without those below it, and each difficulty: how many questions are in use, how many stand."""

    topic: TopicNode
    in_use: Counts
    total: Counts


def topic_tree(session: Session, bank_id: int) -> list[TopicNode]:
    """The topics of a bank, each before those below it. One statement."""
    rows = session.execute(
        select(BankTopic.id, BankTopic.parent_id, BankTopic.name)
        .where(BankTopic.bank_id == bank_id)
        .order_by(BankTopic.position, BankTopic.id)
    )
    below: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    for topic_id, parent_id, name in rows:
        below[parent_id].append((topic_id, name))
    return list(_nodes(below, None, "", 0))


def topic_table(session: Session, bank_id: int, author_id: int | None, tree: list[TopicNode]) -> list[TopicRow]:
    """Topic by difficulty: in use (as approved) and standing (as last changed). Two statements.

    An author finds the topics of their own questions only.
    """
    mine = BankQuestion.created_by == author_id if author_id is not None else BankQuestion.bank_id == bank_id
    total = _counts(
        session, select(BankQuestion.topic_id, BankQuestion.difficulty, func.count()), bank_id, mine, STANDING
    )
    approved = select(BankQuestion.topic_id, QuestionRevision.difficulty, func.count()).join(
        QuestionRevision, QuestionRevision.id == BankQuestion.approved_revision_id
    )
    in_use = _counts(session, approved, bank_id, mine, IN_USE)
    rows = [TopicRow(node, in_use.get(node.id, NOTHING), total.get(node.id, NOTHING)) for node in tree]
    return [row for row in rows if author_id is None or row.total != NOTHING]


def _counts(
    session: Session, statement: Select[int | None, int, int], bank_id: int, *conditions: ColumnElement[bool]
) -> dict[int | None, Counts]:
    columns = list(statement.selected_columns)[:2]
    found: dict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    counted = statement.where(BankQuestion.bank_id == bank_id, *conditions).group_by(*columns)
    for topic_id, difficulty, number in session.execute(counted):
        found[topic_id][difficulty - 1] = number
    return {topic_id: tuple(numbers) for topic_id, numbers in found.items()}


def _nodes(
    below: dict[int | None, list[tuple[int, str]]], parent_id: int | None, above: str, level: int
) -> Iterator[TopicNode]:
    for topic_id, name in below.get(parent_id, ()):
        path = above + name
        under = list(_nodes(below, topic_id, path + PATH_MARK, level + 1))
        yield TopicNode(topic_id, parent_id, name, path, level, frozenset({topic_id, *(node.id for node in under)}))
        yield from under
