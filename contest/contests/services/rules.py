"""Writing the rules of a contest: a draft, a proposal, and by a second person's yes the version in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.approvals.models import Proposal
from contest.approvals.services import content_digest, propose
from contest.audit.services import record
from contest.contests import policies
from contest.contests.hooks import rules_effects
from contest.contests.models import RulesState, RulesVersion
from contest.contests.queries import (
    find_pending_rules,
    get_rules_version,
    has_opened,
    rules_in_force,
    section_values,
    sections_of,
)
from contest.contests.services.contests import living_contest
from contest.errors import DomainError, NotFound

KIND = "rules"


def save_section(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    code: str,
    value: Mapping[str, Any],
    seen: str = "",
) -> RulesVersion:
    """Write one section of the draft, which begins as a copy of the version in force.

    `seen` is the digest of the value that it takes the place of; empty asks nothing. Raises the section's own problems,
    `rules_waiting` while a proposal waits, `section_changed`, `NotFound` for an unknown section.
    """
    policies.ensure(policies.may_prepare(actor, contest_id))
    living_contest(session, contest_id)
    section = next((each for each in sections_of(session, contest_id) if each.code == code), None)
    if section is None:
        raise NotFound
    problems = section.problems(value)
    if problems:
        raise problems[0]
    draft = _draft(session, actor, now, contest_id)
    if seen and seen != content_digest(section_values([section], draft)[code]):
        raise DomainError("section_changed")
    draft.sections = {**draft.sections, code: dict(value)}
    session.flush()
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="rules.edited",
        subject=f"rules:{draft.id}",
        scope=contest_id,
        facts={"number": draft.number, "section": code},
        detail={"value": dict(value)},
    )
    return draft


def propose_rules(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, reason: str, decision_number: str
) -> Proposal:
    """Put the draft before a second person.

    Raises `rules_waiting`, `reason_missing`, `decision_missing` (once a round has opened only a decision changes the
    rules), `rules_without_sections`, `section_incomplete`, `rules_unchanged`.
    """
    policies.ensure(policies.may_prepare(actor, contest_id))
    living_contest(session, contest_id)
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")
    if has_opened(session, contest_id, now) and not decision_number.strip():
        raise DomainError("decision_missing", field="decision_number")
    draft = _draft(session, actor, now, contest_id)
    draft.sections = _complete(session, contest_id, draft)
    draft.state, draft.reason, draft.decision_number = RulesState.PROPOSED, reason, decision_number
    session.flush()
    return propose(
        session,
        actor,
        now,
        contest_id=contest_id,
        kind=KIND,
        subject_id=draft.id,
        content=proposed_content(session, draft),
        reason=reason,
    )


def proposed_content(session: Session, version: RulesVersion) -> dict[str, Any]:
    """What the second person says yes to: the version, and the one in force that it would replace."""
    standing = rules_in_force(session, version.contest_id)
    return {
        "number": version.number,
        "decision_number": version.decision_number,
        "sections": version.sections,
        "replaces": standing.sections if standing else {},
    }


def put_in_force(session: Session, actor: Actor, now: datetime, proposal: Proposal) -> None:
    """Make the approved version bind from `now`; the one before stays readable."""
    version = get_rules_version(session, proposal.contest_id, version_id=proposal.subject_id)
    standing = rules_in_force(session, proposal.contest_id)
    if standing is not None:
        standing.state = RulesState.SUPERSEDED
        session.flush()
    version.state, version.in_force_at, version.approved_by = RulesState.IN_FORCE, now, actor.person_id
    session.flush()
    if standing is not None:
        for effect in rules_effects:
            effect(session, actor, now, version)


def back_to_draft(session: Session, _actor: Actor, _now: datetime, proposal: Proposal) -> None:
    """Free a version that was refused or withdrawn for further writing."""
    version = get_rules_version(session, proposal.contest_id, version_id=proposal.subject_id)
    version.state = RulesState.DRAFT
    session.flush()


def _draft(session: Session, actor: Actor, now: datetime, contest_id: int) -> RulesVersion:
    pending = find_pending_rules(session, contest_id)
    if pending is not None and pending.state is RulesState.PROPOSED:
        raise DomainError("rules_waiting")
    if pending is not None:
        return pending
    standing = rules_in_force(session, contest_id)
    last = session.scalar(select(func.max(RulesVersion.number)).where(RulesVersion.contest_id == contest_id)) or 0
    draft = RulesVersion(
        contest_id=contest_id,
        number=last + 1,
        sections=dict(standing.sections) if standing else {},
        state=RulesState.DRAFT,
        created_by=actor.person_id,
        created_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def _complete(session: Session, contest_id: int, draft: RulesVersion) -> dict[str, Any]:
    sections = sections_of(session, contest_id)
    if not sections:
        raise DomainError("rules_without_sections")
    values = section_values(sections, draft)
    for section in sections:
        if section.problems(values[section.code]):
            raise DomainError("section_incomplete", section=section.title)
    standing = rules_in_force(session, contest_id)
    if standing is not None and standing.sections == values:
        raise DomainError("rules_unchanged")
    return values
