"""How a sample's committee comes together: by the same acts and at the times at which a real one would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from contest.actors import Actor, HeldSeat
from contest.approvals import services as approvals
from contest.contests.hooks import rule_sections
from contest.contests.models import Contest, Role, RoundKind
from contest.contests.services.contests import ContestFacts, create_contest
from contest.contests.services.rules import propose_rules, save_section
from contest.contests.services.seats import Offer, offer_seat, take_invitation
from contest.i18n import DEFAULT_ZONE
from contest.samples import people as sample
from contest.samples.units import FIRST_SCHOOL
from contest.units.queries import find_unit_by_code


@dataclass(frozen=True, slots=True)
class Committee:
    """Who acts in a sample; `ids` are the sample people's by login."""

    contest: Contest
    organizer: Actor
    approver: Actor
    ids: Mapping[str, int]

    def holder(self, account: sample.SampleAccount, role: Role) -> Actor:
        """The person in this seat."""
        return _actor(self.contest, self.ids[account.login], role)


def found_contest(session: Session, now: datetime, ids: Mapping[str, int], facts: ContestFacts, slug: str) -> Committee:
    """A draft of the operator's with its first organizer; a second one approves once `fill_seats` has seated them."""
    admin = Actor(ids[sample.ADMIN.login], is_admin=True)
    contest = create_contest(session, admin, now, facts=facts, slug=slug, time_zone=DEFAULT_ZONE)
    contest.is_sample = True
    _offer(session, now, admin, contest, sample.ORGANIZER, Role.ORGANIZER, ids[sample.ORGANIZER.login])
    organizer, approver = (
        _actor(contest, ids[account.login], Role.ORGANIZER) for account in (sample.ORGANIZER, sample.SECOND_ORGANIZER)
    )
    return Committee(contest, organizer, approver, ids)


def fill_seats(
    session: Session, now: datetime, committee: Committee, seats: Iterable[tuple[sample.SampleAccount, Role]]
) -> None:
    """Offer seats by the organizer; whoever gets one takes it."""
    for account, role in seats:
        _offer(session, now, committee.organizer, committee.contest, account, role, committee.ids[account.login])


def put_rules_in_force(
    session: Session,
    now: datetime,
    committee: Committee,
    kind: RoundKind,
    rules: Mapping[str, Mapping[str, Any]],
    decision_number: str,
) -> None:
    """Write the sections, where `rules` does not say otherwise as proposed to every contest; two people approve."""
    contest_id = committee.contest.id
    for section in rule_sections(frozenset({kind.value})):
        value = {**section.default(), **rules.get(section.code, {})}
        save_section(session, committee.organizer, now, contest_id=contest_id, code=section.code, value=value)
    proposal = propose_rules(
        session,
        committee.organizer,
        now,
        contest_id=contest_id,
        reason="Thể lệ ban hành cùng quyết định tổ chức cuộc thi.",
        decision_number=decision_number,
    )
    approvals.carry_out(
        session, committee.approver, now, contest_id=contest_id, proposal_id=proposal.id, note="Đã đối chiếu."
    )


def _offer(
    session: Session,
    now: datetime,
    actor: Actor,
    contest: Contest,
    account: sample.SampleAccount,
    role: Role,
    person_id: int,
) -> None:
    """Offer the seat and take it by the link, as whoever gets the letter does."""
    school = find_unit_by_code(session, FIRST_SCHOOL) if role is Role.COORDINATOR else None
    offer = Offer(
        contact=account.login,
        full_name=account.name,
        role=role,
        unit_id=school.id if school else None,
        valid_from=now,
        valid_until=None,
    )
    offered = offer_seat(
        session,
        actor,
        now,
        contest_id=contest.id,
        offer=offer,
        write_letter=lambda _token: (
            f"Phân công: {contest.title}",
            f"Kính gửi {account.name},\n\nBan Tổ chức đã phân công bạn vào cuộc thi. Đăng nhập để bắt đầu.",
        ),
    )
    if offered.token is not None:
        take_invitation(session, Actor(person_id), now, token=offered.token)


def _actor(contest: Contest, person_id: int, role: Role) -> Actor:
    return Actor(person_id, seats=frozenset({HeldSeat(contest.id, contest.slug, role.value)}))
