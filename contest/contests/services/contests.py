"""Writing a contest as a whole: creating, announcing, duplicating, cancelling, archiving."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests import policies
from contest.contests.domain import Phase, moved, phase, slug_of
from contest.contests.models import Contest, ContestState, Group, Role, Round, RulesState, RulesVersion, Seat
from contest.contests.queries import groups_of, has_opened, latest_rules, rounds_of, timetable_of
from contest.errors import DomainError, NotFound
from contest.i18n import local

LIVING = frozenset({ContestState.DRAFT, ContestState.ANNOUNCED})


@dataclass(frozen=True, slots=True)
class ContestFacts:
    """What a contest says about itself."""

    title: str
    organizer_name: str
    decision_number: str
    decision_date: date
    summary: str = ""


def create_contest(
    session: Session, actor: Actor, now: datetime, *, facts: ContestFacts, slug: str, time_zone: str
) -> Contest:
    """A new draft by the operator; its organizer is seated next. Raises `slug_taken`, `slug_unreadable`."""
    policies.ensure(actor.is_admin)
    contest = _new_contest(session, actor, now, facts, slug, time_zone)
    _note(session, actor, now, contest, "contest.created", {"slug": contest.slug})
    return contest


def edit_contest(session: Session, actor: Actor, now: datetime, *, contest_id: int, facts: ContestFacts) -> Contest:
    """Change what the contest says about itself. Raises `contest_over` once it is cancelled or archived.

    Ages count on the date of the decision, so changing it once a round has opened raises `decision_date_fixed`.
    """
    policies.ensure(policies.may_prepare(actor, contest_id))
    contest = living_contest(session, contest_id)
    if facts.decision_date != contest.decision_date and has_opened(session, contest_id, now):
        raise DomainError("decision_date_fixed", field="decision_date")
    before = {name: str(getattr(contest, name)) for name in ContestFacts.__slots__}
    _fill(contest, facts)
    session.flush()
    after = {name: str(getattr(contest, name)) for name in ContestFacts.__slots__}
    changed = sorted(name for name in after if after[name] != before[name])
    _note(session, actor, now, contest, "contest.edited", {"changed": changed}, before=before, after=after)
    return contest


def announce_contest(session: Session, actor: Actor, now: datetime, *, contest_id: int) -> Contest:
    """Show a draft to citizens. Raises `contest_not_draft`, `contest_without_groups`, `contest_without_rounds`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    contest = locked_contest(session, contest_id)
    if contest.state is not ContestState.DRAFT:
        raise DomainError("contest_not_draft")
    if not groups_of(session, contest_id):
        raise DomainError("contest_without_groups")
    if not rounds_of(session, contest_id):
        raise DomainError("contest_without_rounds")
    contest.state = ContestState.ANNOUNCED
    session.flush()
    _note(session, actor, now, contest, "contest.announced")
    return contest


def cancel_contest(session: Session, actor: Actor, now: datetime, *, contest_id: int, reason: str) -> Contest:
    """Call the contest off: every round that has not closed ends now. Raises `contest_over`, `reason_missing`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    contest = living_contest(session, contest_id)
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")
    stopped = [row for row in rounds_of(session, contest_id) if row.cancelled_at is None and now < row.closes_at]
    for row in stopped:
        row.cancelled_at, row.cancel_reason = now, reason
    contest.state, contest.cancel_reason = ContestState.CANCELLED, reason
    session.flush()
    _note(session, actor, now, contest, "contest.cancelled", {"rounds": [row.id for row in stopped]}, reason=reason)
    return contest


def archive_contest(session: Session, actor: Actor, now: datetime, *, contest_id: int) -> Contest:
    """Put a finished contest away; it stays readable. Raises `contest_draft`, `contest_archived`, `round_not_over`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    contest = locked_contest(session, contest_id)
    if contest.state is ContestState.ARCHIVED:
        raise DomainError("contest_archived")
    if contest.state is ContestState.DRAFT:
        raise DomainError("contest_draft")
    if any(phase(timetable_of(row), now) in {Phase.OPEN, Phase.UPCOMING} for row in rounds_of(session, contest_id)):
        raise DomainError("round_not_over")
    contest.state = ContestState.ARCHIVED
    session.flush()
    _note(session, actor, now, contest, "contest.archived")
    return contest


def duplicate_contest(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    title: str,
    slug: str,
    decision_number: str,
    decision_date: date,
    starts_on: date,
) -> Contest:
    """A draft with the same groups, rounds and rules, its first round beginning on `starts_on`.

    Question banks, people and results are not copied. Whoever copies becomes the organizer of the copy.
    """
    policies.ensure(policies.may_decide(actor, contest_id))
    source = locked_contest(session, contest_id)
    facts = ContestFacts(title, source.organizer_name, decision_number, decision_date, source.summary)
    copy = _new_contest(session, actor, now, facts, slug, source.time_zone)
    for group in groups_of(session, source.id):
        session.add(_group_copy(group, copy.id))
    _copy_rounds(session, source, copy, starts_on)
    _copy_rules(session, actor, now, source, copy)
    session.add(
        Seat(
            contest_id=copy.id,
            person_id=actor.person_id,
            role=Role.ORGANIZER,
            valid_from=now,
            given_by=actor.person_id,
            given_at=now,
        )
    )
    session.flush()
    _note(session, actor, now, copy, "contest.duplicated", {"source": source.id, "slug": copy.slug})
    return copy


def locked_contest(session: Session, contest_id: int) -> Contest:
    """The contest under a lock: one change of its state, seats or rounds at a time. Raises `NotFound`."""
    contest = session.scalar(select(Contest).where(Contest.id == contest_id).with_for_update())
    if contest is None:
        raise NotFound
    return contest


def living_contest(session: Session, contest_id: int) -> Contest:
    """Like `locked_contest`; raises `contest_over` once it is cancelled or archived."""
    contest = locked_contest(session, contest_id)
    if contest.state not in LIVING:
        raise DomainError("contest_over")
    return contest


def _new_contest(
    session: Session, actor: Actor, now: datetime, facts: ContestFacts, slug: str, time_zone: str
) -> Contest:
    slug = slug or slug_of(facts.title)
    if not slug or slug != slug_of(slug):
        raise DomainError("slug_unreadable", field="slug")
    if session.scalar(select(Contest.id).where(Contest.slug == slug)) is not None:
        raise DomainError("slug_taken", field="slug", slug=slug)
    if time_zone not in available_timezones():
        raise DomainError("zone_unknown", field="time_zone")
    contest = Contest(
        slug=slug, time_zone=time_zone, state=ContestState.DRAFT, created_by=actor.person_id, created_at=now
    )
    _fill(contest, facts)
    session.add(contest)
    session.flush()
    return contest


def _fill(contest: Contest, facts: ContestFacts) -> None:
    for name in ContestFacts.__slots__:
        setattr(contest, name, getattr(facts, name))


def _group_copy(group: Group, contest_id: int) -> Group:
    return Group(
        contest_id=contest_id,
        code=group.code,
        name=group.name,
        position=group.position,
        age_from=group.age_from,
        age_to=group.age_to,
    )


def _copy_rounds(session: Session, source: Contest, copy: Contest, starts_on: date) -> None:
    rounds = rounds_of(session, source.id)
    if not rounds:
        return
    first = min(local(row.opens_at, source.time_zone).date() for row in rounds)
    shift = (starts_on - first) // timedelta(days=1)
    for row in rounds:
        session.add(
            Round(
                contest_id=copy.id,
                public_id=secrets.token_urlsafe(12),
                kind=row.kind,
                name=row.name,
                position=row.position,
                opens_at=moved(row.opens_at, shift, source.time_zone),
                closes_at=moved(row.closes_at, shift, source.time_zone),
            )
        )


def _copy_rules(session: Session, actor: Actor, now: datetime, source: Contest, copy: Contest) -> None:
    rules = latest_rules(session, source.id)
    session.add(
        RulesVersion(
            contest_id=copy.id,
            number=1,
            sections=dict(rules.sections) if rules else {},
            state=RulesState.DRAFT,
            created_by=actor.person_id,
            created_at=now,
        )
    )


def _note(
    session: Session,
    actor: Actor,
    now: datetime,
    contest: Contest,
    act: str,
    facts: dict[str, object] | None = None,
    **detail: object,
) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"contest:{contest.id}",
        scope=contest.id,
        facts=facts,
        detail=detail,
    )
