"""Reading contests, their groups and rounds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.domain import Phase, Timetable, phase
from contest.contests.models import Contest, ContestState, Group, Round, RoundKind
from contest.errors import NotFound
from contest.paging import Page, page_of

PUBLIC_STATES = (ContestState.ANNOUNCED, ContestState.CANCELLED, ContestState.ARCHIVED)


@dataclass(frozen=True, slots=True)
class RoundInPhase:
    """A round with its phase at the instant of the reading."""

    row: Round
    phase: Phase


@dataclass(frozen=True, slots=True)
class ContestView:
    """A contest as citizens see it: its released and cancelled rounds in order of time."""

    contest: Contest
    rounds: list[RoundInPhase]

    @property
    def current(self) -> RoundInPhase | None:
        """The open round that closes first, else the next one to open."""
        opened = [each for each in self.rounds if each.phase is Phase.OPEN]
        coming = [each for each in self.rounds if each.phase is Phase.UPCOMING]
        if opened:
            return min(opened, key=lambda each: each.row.closes_at)
        return min(coming, key=lambda each: each.row.opens_at, default=None)


def get_contest(session: Session, slug: str) -> Contest:
    """The contest with this slug, drafts too. Raises `NotFound`."""
    contest = session.scalar(select(Contest).where(Contest.slug == slug))
    if contest is None:
        raise NotFound
    return contest


def get_public_contest(session: Session, slug: str) -> Contest:
    """The contest with this slug unless it is a draft. Raises `NotFound`."""
    contest = get_contest(session, slug)
    if contest.state not in PUBLIC_STATES:
        raise NotFound
    return contest


def public_contests(session: Session, now: datetime) -> list[ContestView]:
    """Every contest that citizens may see, with its rounds: two statements. Open ones first, then coming, then over."""
    contests = session.scalars(select(Contest).where(Contest.state.in_(PUBLIC_STATES)).order_by(Contest.id.desc()))
    views = {contest.id: ContestView(contest, []) for contest in contests}
    rounds = session.scalars(select(Round).where(Round.contest_id.in_(views)).order_by(Round.opens_at, Round.position))
    for row in rounds:
        _add_visible(views[row.contest_id], row, now)
    return sorted(views.values(), key=_urgency)


def public_view(session: Session, contest: Contest, now: datetime) -> ContestView:
    """One contest with the rounds that citizens may see."""
    view = ContestView(contest, [])
    for row in rounds_of(session, contest.id):
        _add_visible(view, row, now)
    return view


def contests_page(session: Session, *, words: str, sort: str, is_descending: bool, number: int) -> Page[Contest]:
    """Every contest of the installation, drafts too, for the operator."""
    order = {"created": Contest.created_at, "title": Contest.title}[sort]
    statement = (
        select(Contest)
        .where(Contest.title.icontains(words, autoescape=True))
        .order_by(order.desc() if is_descending else order.asc(), Contest.id.desc())
    )
    return page_of(session, statement, number, make=lambda row: row[0])


def groups_of(session: Session, contest_id: int) -> list[Group]:
    """The contest's groups in their order."""
    return list(session.scalars(select(Group).where(Group.contest_id == contest_id).order_by(Group.position)))


def get_group(session: Session, contest_id: int, group_id: int) -> Group:
    """The contest's own group. Raises `NotFound`."""
    group = session.scalar(select(Group).where(Group.contest_id == contest_id, Group.id == group_id))
    if group is None:
        raise NotFound
    return group


def rounds_of(session: Session, contest_id: int) -> list[Round]:
    """The contest's rounds in order of time, drafts and cancelled ones too."""
    statement = select(Round).where(Round.contest_id == contest_id).order_by(Round.opens_at, Round.position)
    return list(session.scalars(statement))


def round_kinds(session: Session, contest_id: int) -> frozenset[RoundKind]:
    """The kinds of round that the contest has."""
    return frozenset(session.scalars(select(Round.kind).where(Round.contest_id == contest_id).distinct()))


def has_opened(session: Session, contest_id: int, now: datetime) -> bool:
    """Whether any released round has begun, so that people may already have taken part."""
    begun = select(Round.id).where(
        Round.contest_id == contest_id, Round.released_at.is_not(None), Round.opens_at <= now
    )
    return session.scalar(begun.limit(1)) is not None


def get_round(session: Session, public_id: str) -> Round:
    """The round with this public id, whatever its phase. Raises `NotFound`."""
    found = session.scalar(select(Round).where(Round.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_round_of(session: Session, contest_id: int, round_id: int) -> Round:
    """The contest's own round. Raises `NotFound`."""
    found = session.scalar(select(Round).where(Round.contest_id == contest_id, Round.id == round_id))
    if found is None:
        raise NotFound
    return found


def timetable_of(row: Round) -> Timetable:
    """The round's instants, for `domain.phase`."""
    return Timetable(row.opens_at, row.closes_at, row.released_at, row.cancelled_at)


def phased(row: Round, now: datetime) -> RoundInPhase:
    """The round with its phase at `now`."""
    return RoundInPhase(row, phase(timetable_of(row), now))


def is_round_public(standing: Phase, released_at: datetime | None, state: ContestState) -> bool:
    """Whether citizens may see a round of this phase in a contest of this state."""
    return standing is not Phase.DRAFT and (released_at is not None or state is ContestState.ANNOUNCED)


def _add_visible(view: ContestView, row: Round, now: datetime) -> None:
    each = phased(row, now)
    if is_round_public(each.phase, row.released_at, view.contest.state):
        view.rounds.append(each)


def _urgency(view: ContestView) -> tuple[int, float]:
    current = view.current
    if view.contest.state is not ContestState.ANNOUNCED or current is None:
        return 2, 0.0
    if current.phase is Phase.OPEN:
        return 0, current.row.closes_at.timestamp()
    return 1, current.row.opens_at.timestamp()
