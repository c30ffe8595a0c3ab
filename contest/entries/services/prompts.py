"""The prompts of a round. The organizer writes them until the round is released; each act leaves one record."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Round, RoundKind
from contest.contests.queries import get_group
from contest.entries.models import Prompt
from contest.entries.policies import may_write_prompts
from contest.entries.queries.prompts import get_prompt
from contest.entries.services.drafts import QUESTIONS_MAX
from contest.errors import DomainError, NotAllowed, NotFound

PROMPTS_MAX = 20


def add_prompt(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    group_id: int,
    title: str,
    questions: Sequence[str],
) -> Prompt:
    """A new prompt at the end of its group's.

    Raises `prompts_fixed` once the round is released, `too_many_prompts`, `questions_missing`, `too_many_questions`.
    """
    round_ = _unreleased_round(session, actor, contest_id, round_id)
    get_group(session, contest_id, group_id)
    last = session.scalar(select(func.max(Prompt.position)).filter_by(round_id=round_.id, group_id=group_id)) or 0
    count = session.scalar(select(func.count()).select_from(Prompt).filter_by(round_id=round_.id, group_id=group_id))
    if (count or 0) >= PROMPTS_MAX:
        raise DomainError("too_many_prompts", max=PROMPTS_MAX)
    prompt = Prompt(
        round_id=round_.id, group_id=group_id, position=last + 1, title=title, questions=_checked(questions)
    )
    session.add(prompt)
    session.flush()
    _note(session, actor, now, contest_id, "prompt.added", prompt)
    return prompt


def change_prompt(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    prompt_id: int,
    title: str,
    questions: Sequence[str],
) -> Prompt:
    """Other words. Raises what `add_prompt` raises, `NotFound`."""
    _unreleased_round(session, actor, contest_id, round_id)
    prompt = get_prompt(session, round_id, prompt_id)
    prompt.title, prompt.questions = title, _checked(questions)
    session.flush()
    _note(session, actor, now, contest_id, "prompt.changed", prompt)
    return prompt


def move_prompt(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, prompt_id: int
) -> None:
    """One place up among its group's; the first one stays. Raises `prompts_fixed`, `NotFound`."""
    _unreleased_round(session, actor, contest_id, round_id)
    prompt = get_prompt(session, round_id, prompt_id)
    above = session.scalar(
        select(Prompt)
        .where(Prompt.round_id == round_id, Prompt.group_id == prompt.group_id, Prompt.position < prompt.position)
        .order_by(Prompt.position.desc())
        .limit(1)
    )
    if above is None:
        return
    place, prompt.position = prompt.position, 0  # no two share a place, not even for a moment
    session.flush()
    above.position, place = place, above.position
    session.flush()
    prompt.position = place
    session.flush()
    _note(session, actor, now, contest_id, "prompt.moved", prompt)


def remove_prompt(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, prompt_id: int
) -> None:
    """Take a prompt out. Raises `prompts_fixed`, `NotFound`."""
    _unreleased_round(session, actor, contest_id, round_id)
    prompt = get_prompt(session, round_id, prompt_id)
    _note(session, actor, now, contest_id, "prompt.removed", prompt)
    session.delete(prompt)
    session.flush()


def _unreleased_round(session: Session, actor: Actor, contest_id: int, round_id: int) -> Round:
    if not may_write_prompts(actor, contest_id):
        raise NotAllowed
    round_ = session.scalar(
        select(Round)
        .where(Round.id == round_id, Round.contest_id == contest_id, Round.kind == RoundKind.ENTRY)
        .with_for_update()
    )
    if round_ is None:
        raise NotFound
    if round_.released_at is not None or round_.cancelled_at is not None:
        raise DomainError("prompts_fixed")
    return round_


def _checked(questions: Sequence[str]) -> list[str]:
    kept = [unicodedata.normalize("NFC", question) for question in questions if question.strip()]
    if not kept:
        raise DomainError("questions_missing", field="questions")
    if len(kept) > QUESTIONS_MAX:
        raise DomainError("too_many_questions", field="questions", max=QUESTIONS_MAX)
    return kept


def _note(session: Session, actor: Actor, now: datetime, contest_id: int, act: str, prompt: Prompt) -> None:
    """What the prompts ask is not public before the opening, so the words are a detail."""
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        scope=contest_id,
        act=act,
        subject=f"prompt:{prompt.id}",
        facts={"round": prompt.round_id, "group": prompt.group_id, "position": prompt.position},
        detail={"title": prompt.title, "questions": list(prompt.questions)},
    )
