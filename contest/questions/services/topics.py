"""The tree of topics of a bank. It arranges questions; what a question itself names stays in its revisions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions.domain import MOST_LEVELS, topic_path
from contest.questions.models import Bank, BankQuestion, BankTopic
from contest.questions.policies import may_see_all
from contest.questions.services.acts import lock_bank, note_bank
from question_bank.text import fold

Path = tuple[str, ...]


def topic_ids(session: Session, bank_id: int, topics: Iterable[str]) -> dict[str, int]:
    """The place in the tree of each of these topics, as questions name them; made where it is missing.

    The caller holds the lock of the bank. A statement for each level that misses something.
    """
    paths = {topic: topic_path(topic) for topic in topics}
    known = _known_paths(session, bank_id)
    for level in range(1, MOST_LEVELS + 1):
        missing = {_folded(path[:level]): path[:level] for path in paths.values() if len(path) >= level}
        _add(session, bank_id, known, [path for folded, path in missing.items() if folded not in known])
    return {topic: known[_folded(path)] for topic, path in paths.items()}


def add_topic(
    session: Session, actor: Actor, now: datetime, *, bank: Bank, name: str, parent_id: int | None
) -> BankTopic:
    """A topic for questions to come. Raises `topic_taken`, `topic_too_deep`, and `NotFound` for the one above."""
    _lock(session, actor, bank)
    topics = _topics(session, bank.id)
    _ensure_place(topics, name, parent_id, None)
    topic = BankTopic(bank_id=bank.id, parent_id=parent_id, name=name, position=_next_position(session, bank.id))
    session.add(topic)
    session.flush()
    _note(session, actor, now, bank, "topic.added", topic, name=name)
    return topic


def change_topic(
    session: Session, actor: Actor, now: datetime, *, bank: Bank, topic_id: int, name: str, parent_id: int | None
) -> None:
    """Another name or another place in the tree, with all below it. Questions keep what they name themselves.

    Raises `topic_unchanged`, `topic_below_itself`, `topic_taken` and `topic_too_deep`.
    """
    _lock(session, actor, bank)
    topics = _topics(session, bank.id)
    topic = _get(topics, topic_id)
    is_moved = parent_id != topic.parent_id
    if not is_moved and name == topic.name:
        raise DomainError("topic_unchanged")
    if parent_id is not None and topic.id in _line(topics, parent_id):
        raise DomainError("topic_below_itself", field="parent")
    _ensure_place(topics, name, parent_id, topic)
    before, topic.name = topic.name, name
    if is_moved:
        topic.parent_id, topic.position = parent_id, _next_position(session, bank.id)
    act = "topic.moved" if is_moved else "topic.renamed"
    _note(session, actor, now, bank, act, topic, before=before, after=name, parent=parent_id)


def merge_topic(session: Session, actor: Actor, now: datetime, *, bank: Bank, topic_id: int, into_id: int) -> None:
    """Give all questions of a topic, and the topics below it, to another one, and take it away.

    Raises `topic_below_itself` when the other is the topic or stands below it, `topic_taken` when both have a topic
    of the same name below them, and `topic_too_deep`.
    """
    _lock(session, actor, bank)
    topics = _topics(session, bank.id)
    topic, other = _get(topics, topic_id), _get(topics, into_id)
    if topic.id in _line(topics, other.id):
        raise DomainError("topic_below_itself", field="into")
    for below in [each for each in topics.values() if each.parent_id == topic.id]:
        _ensure_place(topics, below.name, other.id, below)
        below.parent_id = other.id
    session.execute(update(BankQuestion).where(BankQuestion.topic_id == topic.id).values(topic_id=other.id))
    session.flush()
    session.delete(topic)
    _note(session, actor, now, bank, "topic.merged", topic, into=other.id, name=topic.name)


def _known_paths(session: Session, bank_id: int) -> dict[Path, int]:
    topics = _topics(session, bank_id)
    return {_folded(tuple(topics[id_].name for id_ in reversed(_line(topics, topic)))): topic for topic in topics}


def _add(session: Session, bank_id: int, known: dict[Path, int], paths: list[Path]) -> None:
    if not paths:
        return
    first = _next_position(session, bank_id)
    rows = [
        {"bank_id": bank_id, "parent_id": known.get(_folded(path[:-1])), "name": path[-1], "position": first + number}
        for number, path in enumerate(paths)
    ]
    added = session.execute(insert(BankTopic).returning(BankTopic.id, BankTopic.position), rows)
    known |= {_folded(paths[position - first]): topic_id for topic_id, position in added}


def _folded(path: Path) -> Path:
    return tuple(map(fold, path))


def _topics(session: Session, bank_id: int) -> dict[int, BankTopic]:
    rows = session.scalars(select(BankTopic).where(BankTopic.bank_id == bank_id).order_by(BankTopic.position))
    return {topic.id: topic for topic in rows}


def _line(topics: dict[int, BankTopic], topic_id: int) -> list[int]:
    """The topic and all above it, from below."""
    line, at = [], _get(topics, topic_id)
    while True:
        line.append(at.id)
        if at.parent_id is None:
            return line
        at = topics[at.parent_id]


def _height(topics: dict[int, BankTopic], topic: BankTopic) -> int:
    below = [each for each in topics.values() if each.parent_id == topic.id]
    return 1 + max((_height(topics, each) for each in below), default=0)


def _get(topics: dict[int, BankTopic], topic_id: int) -> BankTopic:
    if topic_id not in topics:
        raise NotFound
    return topics[topic_id]


def _ensure_place(topics: dict[int, BankTopic], name: str, parent_id: int | None, moved: BankTopic | None) -> None:
    beside = [each for each in topics.values() if each.parent_id == parent_id and each is not moved]
    if fold(name) in {fold(each.name) for each in beside}:
        raise DomainError("topic_taken", field="name", topic=name)
    above = len(_line(topics, parent_id)) if parent_id is not None else 0
    if above + (_height(topics, moved) if moved else 1) > MOST_LEVELS:
        raise DomainError("topic_too_deep", field="parent", most=MOST_LEVELS)


def _next_position(session: Session, bank_id: int) -> int:
    return (session.scalar(select(func.max(BankTopic.position)).where(BankTopic.bank_id == bank_id)) or 0) + 1


def _lock(session: Session, actor: Actor, bank: Bank) -> None:
    if not may_see_all(actor, bank.contest_id):
        raise NotAllowed
    lock_bank(session, bank.id)


def _note(
    session: Session, actor: Actor, now: datetime, bank: Bank, act: str, topic: BankTopic, **said: object
) -> None:
    note_bank(session, actor.person_id, now, bank, act, {"topic": topic.id}, said)
