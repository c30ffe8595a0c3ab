from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Contest, ContestState, Role, RulesState, Seat
from contest.contests.queries import groups_of, latest_rules, rounds_of
from contest.contests.services import contests as services
from contest.contests.services.contests import ContestFacts
from contest.errors import DomainError, NotAllowed
from contest.i18n import local
from tests.contests.world import acts, new_contest, record_count
from tests.factories import NOW, actor_of, make_contest, make_group, make_person, make_round, make_rules

FACTS = ContestFacts("Tìm hiểu chuyển đổi số", "Ban Tổ chức", "15/QĐ-BTCCT", date(2026, 6, 1), "Bốn tuần.")
ZONE = "Asia/Ho_Chi_Minh"


def create(session: Session, **values: str) -> Contest:
    admin = actor_of(make_person(session, is_admin=True))
    options = {"slug": "", "time_zone": ZONE, **values}
    return services.create_contest(session, admin, NOW, facts=FACTS, **options)


def test_the_operator_creates_a_draft_whose_address_comes_from_the_title(session: Session) -> None:
    contest = create(session)
    assert (contest.slug, contest.state) == ("tim-hieu-chuyen-doi-so", ContestState.DRAFT)
    assert acts(session, contest) == ["contest.created"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"slug": "Có Dấu"}, "slug_unreadable"),
        ({"slug": "a--b"}, "slug_unreadable"),
        ({"slug": "da-co"}, "slug_taken"),
        ({"time_zone": "Asia/Lang_Son"}, "zone_unknown"),
    ],
)
def test_a_contest_that_cannot_be_is_not_created(session: Session, values: dict[str, str], code: str) -> None:
    make_contest(session, slug="da-co")
    with pytest.raises(DomainError, match=code):
        create(session, **values)
    assert record_count(session) == 0


def test_only_the_operator_creates(session: Session) -> None:
    with pytest.raises(NotAllowed):
        services.create_contest(session, actor_of(make_person(session)), NOW, facts=FACTS, slug="mot", time_zone=ZONE)


def test_a_contest_is_announced_once_it_has_a_group_and_a_round(session: Session) -> None:
    contest, organizer = new_contest(session, state=ContestState.DRAFT)
    for code, make in (("contest_without_groups", make_group), ("contest_without_rounds", make_round)):
        with pytest.raises(DomainError, match=code):
            services.announce_contest(session, organizer, NOW, contest_id=contest.id)
        make(session, contest)
    services.announce_contest(session, organizer, NOW, contest_id=contest.id)
    assert contest.state is ContestState.ANNOUNCED
    with pytest.raises(DomainError, match="contest_not_draft"):
        services.announce_contest(session, organizer, NOW, contest_id=contest.id)
    assert acts(session, contest) == ["contest.announced"]


def test_a_secretary_edits_but_does_not_decide(session: Session) -> None:
    contest, _organizer = new_contest(session)
    secretary = actor_of(make_person(session), contest, Role.SECRETARY)
    services.edit_contest(session, secretary, NOW, contest_id=contest.id, facts=FACTS)
    assert contest.title == FACTS.title
    with pytest.raises(NotAllowed):
        services.cancel_contest(session, secretary, NOW, contest_id=contest.id, reason="Mưa lũ")
    with pytest.raises(NotAllowed):
        services.archive_contest(session, secretary, NOW, contest_id=contest.id)
    assert acts(session, contest) == ["contest.edited"]


def test_the_day_that_decides_ages_stays_once_a_round_has_opened(session: Session) -> None:
    contest, organizer = new_contest(session)
    make_round(session, contest, opens_at=NOW)
    other_day = replace(FACTS, decision_date=date(2026, 6, 2))
    services.edit_contest(session, organizer, NOW - timedelta(microseconds=1), contest_id=contest.id, facts=other_day)
    with pytest.raises(DomainError, match="decision_date_fixed") as caught:
        services.edit_contest(session, organizer, NOW, contest_id=contest.id, facts=FACTS)
    assert caught.value.field == "decision_date"
    retitled = replace(other_day, title="Tên mới")
    services.edit_contest(session, organizer, NOW, contest_id=contest.id, facts=retitled)
    assert (contest.title, contest.decision_date) == ("Tên mới", date(2026, 6, 2))


def test_cancelling_ends_every_round_that_has_not_closed_and_leaves_the_others(session: Session) -> None:
    contest, organizer = new_contest(session)
    closed = make_round(session, contest, "Tuần 1", opens_at=NOW - timedelta(days=2), closes_at=NOW)
    last = make_round(session, contest, "Tuần 2", position=2, closes_at=NOW + timedelta(microseconds=1))
    with pytest.raises(DomainError, match="reason_missing"):
        services.cancel_contest(session, organizer, NOW, contest_id=contest.id, reason=" ")
    services.cancel_contest(session, organizer, NOW, contest_id=contest.id, reason="Mưa lũ")
    assert (contest.state, contest.cancel_reason) == (ContestState.CANCELLED, "Mưa lũ")
    assert closed.cancelled_at is None
    assert (last.cancelled_at, last.cancel_reason) == (NOW, "Mưa lũ")
    with pytest.raises(DomainError, match="contest_over"):
        services.cancel_contest(session, organizer, NOW, contest_id=contest.id, reason="Lần nữa")
    with pytest.raises(DomainError, match="contest_over"):
        services.edit_contest(session, organizer, NOW, contest_id=contest.id, facts=FACTS)
    assert acts(session, contest) == ["contest.cancelled"]


def test_a_contest_is_archived_when_its_last_round_is_over(session: Session) -> None:
    contest, organizer = new_contest(session)
    row = make_round(session, contest)
    with pytest.raises(DomainError, match="round_not_over"):
        services.archive_contest(session, organizer, row.closes_at - timedelta(seconds=1), contest_id=contest.id)
    services.archive_contest(session, organizer, row.closes_at, contest_id=contest.id)
    with pytest.raises(DomainError, match="contest_archived"):
        services.archive_contest(session, organizer, row.closes_at, contest_id=contest.id)
    draft, organizer = new_contest(session, state=ContestState.DRAFT)
    with pytest.raises(DomainError, match="contest_draft"):
        services.archive_contest(session, organizer, NOW, contest_id=draft.id)


def test_a_copy_has_the_same_groups_rounds_and_rules_on_other_days(session: Session) -> None:
    contest, organizer = new_contest(session)
    make_group(session, contest, "Trung học cơ sở", age_from=11, age_to=15)
    opens = datetime(2026, 7, 5, 17, tzinfo=UTC)  # 00:00 on 6/7 in Lạng Sơn
    make_round(session, contest, "Tuần 1", opens_at=opens, closes_at=opens + timedelta(days=7))
    make_round(
        session, contest, "Tuần 2", position=2, opens_at=opens + timedelta(days=7), closes_at=opens + timedelta(days=14)
    )
    make_rules(session, contest, {"tries": {"tries": 3}}, number=4)
    copy = services.duplicate_contest(
        session,
        organizer,
        NOW,
        contest_id=contest.id,
        title="Cuộc thi năm 2027",
        slug="",
        decision_number="1/QĐ-BTCCT",
        decision_date=date(2027, 1, 5),
        starts_on=date(2027, 3, 1),
    )
    assert (copy.slug, copy.state) == ("cuoc-thi-nam-2027", ContestState.DRAFT)
    assert [(each.name, each.age_from, each.age_to) for each in groups_of(session, copy.id)] == [
        ("Trung học cơ sở", 11, 15)
    ]
    assert [
        (each.name, local(each.opens_at).isoformat(" ", "minutes")[:16], each.released_at)
        for each in rounds_of(session, copy.id)
    ] == [("Tuần 1", "2027-03-01 00:00", None), ("Tuần 2", "2027-03-08 00:00", None)]
    rules = latest_rules(session, copy.id)
    assert rules is not None
    assert (rules.number, rules.state, rules.sections) == (1, RulesState.DRAFT, {"tries": {"tries": 3}})
    seats = session.scalars(select(Seat).where(Seat.contest_id == copy.id)).all()
    assert [(seat.person_id, seat.role) for seat in seats] == [(organizer.person_id, Role.ORGANIZER)]
    assert acts(session, copy) == ["contest.duplicated"]
    assert acts(session, contest) == []
