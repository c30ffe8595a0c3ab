"""Papers on paper, for places without internet: ordered, drawn, kept for a day, printed again."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import get_round_of, rules_in_force
from contest.errors import DomainError, NotAllowed, NotFound
from contest.keys import Keys
from contest.questions.models import QuestionRevision
from contest.questions.policies import may_see_all
from contest.questions.queries.limits import Limits
from contest.questions.queries.media import StoredMedium, stored_media
from contest.questions.queries.pool import revisions
from contest.quiz.domain.policy import read_policy
from contest.quiz.domain.printing import PrintPlan, draw_print, printed_paper
from contest.quiz.models import PaperPrint, QuestionSet, QuestionSetItem
from contest.quiz.queries.printing import get_print
from contest.quiz.services.sets import SEED_BYTES, approved_source, kept_limits, pool_of, read_blueprint
from contest.storage import Storage
from contest.work.models import WorkItem, WorkState
from contest.work.services import enqueue
from question_bank.drawing import NotEnoughQuestions, set_digest, versioned
from question_bank.media import media_of
from question_bank.printed import Heading, PrintedPaper
from question_bank.question import Question, from_content

AREA = "prints"
"""Of the store."""

PRINT = "papers.print"
KEPT_FOR = timedelta(hours=24)
MOST_UNDER_WAY = 5
"""Prints of one contest that are being made at the same time."""

MOST_CODES = 24
MOST_CODE = 9_000
"""The highest first code."""

READ_AT_ONCE = 1000
UNDER_WAY = frozenset({WorkState.WAITING, WorkState.RUNNING})
STEPS = 2
"""Of the work: drawn, stored."""


_Source: TypeAlias = tuple[Any, list[QuestionRevision], Limits]
"""A blueprint as it is stored, what it draws from, and what holds for that."""


@dataclass(frozen=True, slots=True)
class Wish:
    """So many papers from this code on; `is_same`: all ask the same; `is_explained`: keys come with explanations."""

    codes: int
    first_code: int
    is_same: bool
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What has to be set: the papers under their heading, and the media of their questions by digest."""

    heading: Heading
    papers: Sequence[PrintedPaper]
    is_explained: bool
    media: Mapping[str, StoredMedium]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was made: where it is stored, and its SHA-256 (hex)."""

    key: str
    digest: str


def order_print(
    session: Session, actor: Actor, now: datetime, *, contest: Contest, round_id: int, wish: Wish, keys: Keys
) -> PaperPrint:
    """Have papers drawn from the newest frozen set of a round, else from its bank as it is approved now.

    Raises `rules_missing`, `bank_missing`, `paper_not_fillable`, `prints_many`.
    """
    round_ = _printed_round(session, actor, contest.id, round_id)
    _ensure_room(session, contest.id)
    value, found, limits = _frozen(session, round_) or approved_source(session, round_)
    pool = pool_of(found, limits)
    blueprint = versioned(read_blueprint(value), pool)
    digest = set_digest(((each.id, each.digest) for each in found), blueprint, pool)
    seed = secrets.token_bytes(SEED_BYTES)
    codes = range(wish.first_code, wish.first_code + wish.codes)
    try:
        draw_print(PrintPlan(pool, blueprint, seed, codes[:1], wish.is_same))
    except NotEnoughQuestions as error:
        raise DomainError("paper_not_fillable") from error
    row = PaperPrint(
        round_id=round_.id,
        blueprint=value,
        items=[[item.ref, item.is_compulsory, item.group] for item in pool.items],
        digest=digest,
        seed_sealed=keys.seal(seed, digest),
        first_code=wish.first_code,
        codes=wish.codes,
        is_same=wish.is_same,
        is_explained=wish.is_explained,
        heading=asdict(_heading(session, contest, round_)),
        made_at=now,
        made_by=actor.person_id,
    )
    session.add(row)
    session.flush()
    _queue(session, now, row)
    _note(session, actor, now, contest.id, row, "papers.ordered")
    return row


def order_again(session: Session, actor: Actor, now: datetime, *, contest_id: int, print_id: int) -> None:
    """Have the same papers set again, once their files are deleted or could not be made.

    Raises `print_present`, `prints_many`.
    """
    row = get_print(session, contest_id, print_id)
    _printed_round(session, actor, contest_id, row.round_id)
    session.refresh(row, with_for_update=True)
    work = session.get(WorkItem, row.work_id)
    if row.papers_key is not None or (work is not None and work.state in UNDER_WAY):
        raise DomainError("print_present")
    _ensure_room(session, contest_id)
    _queue(session, now, row)
    _note(session, actor, now, contest_id, row, "papers.reordered")


def drawn_print(session: Session, print_id: int, keys: Keys) -> Drawn:
    """The papers of a print, drawn as they were at first; what they show is kept with it.

    A statement for each `READ_AT_ONCE` questions of the pool, and a few more.
    """
    row = session.get_one(PaperPrint, print_id)
    refs = [ref for ref, _is_compulsory, _group in row.items]
    found = [found for part in _parts(refs) for found in revisions(session, part).values()]
    pool = pool_of(found, kept_limits(row.items))
    blueprint = versioned(read_blueprint(row.blueprint), pool)
    codes = range(row.first_code, row.first_code + row.codes)
    seed = keys.unseal(row.seed_sealed, row.digest)
    drawn = draw_print(PrintPlan(pool, blueprint, seed, codes, row.is_same))
    row.shown = sorted({slot.ref for slots in drawn.values() for slot in slots})
    questions = {each.id: from_content(each.content) for each in found if each.id in set(row.shown)}
    session.flush()
    return Drawn(
        Heading(**row.heading),
        [printed_paper(code, slots, blueprint, questions) for code, slots in drawn.items()],
        row.is_explained,
        _media(session, questions),
    )


def keep_files(session: Session, now: datetime, print_id: int, papers: Stored, answers: Stored) -> None:
    """The files are there, for a day; their digests stay."""
    row = session.get_one(PaperPrint, print_id)
    row.papers_key, row.keys_key, row.ready_at = papers.key, answers.key, now
    row.papers_digest, row.keys_digest = papers.digest, answers.digest
    session.flush()


def forget_files(session: Session, storage: Storage, now: datetime) -> int:
    """Delete files that were kept for a day, and those that no print came to name; returns how many."""
    before = now - KEPT_FOR
    gone = update(PaperPrint).where(PaperPrint.ready_at < before).values(papers_key=None, keys_key=None)
    session.execute(gone.where(PaperPrint.papers_key.is_not(None)))
    named = select(PaperPrint.papers_key, PaperPrint.keys_key).where(PaperPrint.papers_key.is_not(None))
    return storage.forget_others(AREA, {key for row in session.execute(named) for key in row}, before)


def _printed_round(session: Session, actor: Actor, contest_id: int, round_id: int) -> Round:
    if not may_see_all(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    if round_.kind is not RoundKind.QUIZ:
        raise NotFound
    return round_


def _ensure_room(session: Session, contest_id: int) -> None:
    """Whoever orders many has to wait for the first: one order after the other, since the contest is locked."""
    session.execute(select(Contest.id).where(Contest.id == contest_id).with_for_update(key_share=True))
    found = (
        select(func.count())
        .select_from(PaperPrint)
        .join(Round, Round.id == PaperPrint.round_id)
        .join(WorkItem, WorkItem.id == PaperPrint.work_id)
        .where(Round.contest_id == contest_id, WorkItem.state.in_(UNDER_WAY))
    )
    if (session.scalar(found) or 0) >= MOST_UNDER_WAY:
        raise DomainError("prints_many", most=MOST_UNDER_WAY)


def _frozen(session: Session, round_: Round) -> _Source | None:
    newest = select(QuestionSet).where(QuestionSet.round_id == round_.id).order_by(QuestionSet.number.desc()).limit(1)
    row = session.scalar(newest)
    if row is None:
        return None
    items = session.scalars(select(QuestionSetItem).where(QuestionSetItem.set_id == row.id)).all()
    limits = kept_limits((item.revision_id, item.is_compulsory, item.exclusion_group) for item in items)
    held = select(QuestionSetItem.revision_id).where(QuestionSetItem.set_id == row.id)
    return row.blueprint, list(session.scalars(select(QuestionRevision).where(QuestionRevision.id.in_(held)))), limits


def _heading(session: Session, contest: Contest, round_: Round) -> Heading:
    rules = rules_in_force(session, contest.id)
    attempts = rules.sections.get("attempts") if rules is not None else None
    minutes = read_policy(attempts).minutes if attempts else None
    return Heading(contest.organizer_name, contest.title, round_.name, minutes)


def _media(session: Session, questions: Mapping[int, Question]) -> Mapping[str, StoredMedium]:
    shown = select(QuestionRevision.id).where(QuestionRevision.id.in_(questions))
    return stored_media(session, shown, media_of(questions.values()))


def _parts(refs: Sequence[int]) -> Iterator[Sequence[int]]:
    """So few at once that a statement can name them."""
    return (refs[start : start + READ_AT_ONCE] for start in range(0, len(refs), READ_AT_ONCE))


def _queue(session: Session, now: datetime, row: PaperPrint) -> None:
    row.ready_at = None
    row.work_id = enqueue(session, now, PRINT, {"print_id": row.id}, STEPS).id
    session.flush()


def _note(session: Session, actor: Actor, now: datetime, contest_id: int, row: PaperPrint, act: str) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"round:{row.round_id}",
        scope=contest_id,
        facts={"print": row.id, "first_code": row.first_code, "codes": row.codes, "digest": row.digest},
    )
