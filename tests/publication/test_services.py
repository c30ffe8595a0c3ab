from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, ConsentPurpose
from contest.accounts.models import Consent, PersonDetails
from contest.approvals.services import carry_out
from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed
from contest.publication.models import Publication, PublicationRow, PublicationUnit
from contest.publication.queries import find_published, published_rounds
from contest.publication.services import rank_proposed, withdraw_publication
from contest.quiz.models import AttemptResult
from tests.factories import NOW, actor_of, add, make_unit
from tests.publication.published import approve, prepare, publish
from tests.standings.world import World, attempt, enter, make_world


@pytest.fixture
def world(app: Flask, session: Session) -> World:
    """Three people with different results; `app` has the kinds of acts registered."""
    world = make_world(session)
    attempt(session, world, "Hoàng Thị An", prediction=2, seconds=200)
    attempt(session, world, "Vi Văn Bình", prediction=2, seconds=300)
    attempt(session, world, "Lộc Chi", right=19, prediction=2)
    session.commit()
    return world


def rows(session: Session, publication: Publication) -> list[tuple[Any, ...]]:
    found = session.scalars(
        select(PublicationRow)
        .where(PublicationRow.publication_id == publication.id)
        .order_by(PublicationRow.position)
        .execution_options(populate_existing=True)
    )
    return [(each.rank, each.shown_name, each.unit_name, each.deciding_key, each.prize) for each in found]


def consent(session: Session, world: World, name: str, giver: ConsentGiver, **values: Any) -> None:
    row = Consent(
        person_id=world.people[name].person_id,
        purpose=ConsentPurpose.PUBLISH_NAME,
        given_by=giver,
        text_version="1",
        proof="Biểu mẫu",
        given_at=NOW,
        **values,
    )
    add(session, row)


def test_list_is_stored_as_it_is_shown(session: Session, world: World) -> None:
    publication = publish(session, world)
    assert rows(session, publication) == [
        (1, "H. T. An", "", None, "Giải Nhất"),
        (2, "V. V. Bình", "", "duration_ms", "Giải Nhì"),
        (3, "L. Chi", "", "right_count", "Giải Nhì"),
    ]
    assert (publication.version, publication.target, publication.participants, publication.attempts) == (1, 2, 3, 3)
    assert (publication.proposed_by, publication.published_by) == (world.secretary.id, world.organizer.id)
    assert find_published(session, world.round.id) is publication


@pytest.mark.parametrize(
    ("birth", "givers", "withdrawn", "shown"),
    [
        (date(1990, 5, 17), [ConsentGiver.SELF], False, "Hoàng Thị An"),
        (date(1990, 5, 17), [ConsentGiver.SELF], True, "H. T. An"),
        (date(1990, 5, 17), [], False, "H. T. An"),
        (date(2014, 5, 17), [ConsentGiver.GUARDIAN, ConsentGiver.CHILD], False, "Hoàng Thị An"),
        (date(2014, 5, 17), [ConsentGiver.GUARDIAN], False, "H. T. An"),
        (date(2014, 5, 17), [ConsentGiver.CHILD], False, "H. T. An"),
        (date(2020, 5, 17), [ConsentGiver.GUARDIAN], False, "Hoàng Thị An"),
    ],
)
def test_winner_is_named_in_full_only_by_consent(
    session: Session, world: World, birth: date, givers: list[ConsentGiver], withdrawn: bool, shown: str
) -> None:
    session.get_one(PersonDetails, world.people["Hoàng Thị An"].person_id).birth_date = birth
    for giver in givers:
        consent(session, world, "Hoàng Thị An", giver, withdrawn_at=NOW if withdrawn else None)
    assert rows(session, publish(session, world))[0][1] == shown


def test_consent_names_nobody_without_a_prize(session: Session, world: World) -> None:
    attempt(session, world, "Nông Thị Dung", right=3)
    consent(session, world, "Nông Thị Dung", ConsentGiver.SELF)
    assert rows(session, publish(session, world))[3][1] == "N. T. Dung"


@pytest.mark.parametrize(("more", "shown"), [(1, ""), (2, "Xã Thất Khê")])
def test_unit_is_shown_from_five_people_on(session: Session, world: World, more: int, shown: str) -> None:
    for number in range(more):
        attempt(session, world, f"Người {number}", right=number)
    assert {row[2] for row in rows(session, publish(session, world))} == {shown}


def test_published_list_stays_when_anything_changes_later(session: Session, world: World) -> None:
    publication = publish(session, world)
    before, digest = rows(session, publication), publication.shown_digest
    world.people["Hoàng Thị An"].excluded_at = NOW
    session.get_one(PersonDetails, world.people["Vi Văn Bình"].person_id).full_name = "Vi Văn Khác"
    attempt(session, world, "Người Mới", seconds=1, prediction=2)
    session.flush()
    assert rows(session, publication) == before
    again = publish(session, world)
    assert (again.version, again.note) == (2, "Lần công bố tiếp theo.")
    assert [row[1] for row in rows(session, again)] == ["N. Mới", "V. V. Khác", "L. Chi"]
    assert rows(session, publication) == before
    assert again.shown_digest != digest
    assert find_published(session, world.round.id) is again


def test_it_takes_a_second_person(session: Session, world: World) -> None:
    organizer = world.actor(Role.ORGANIZER)
    proposal = prepare(session, world, actor=organizer)
    with pytest.raises(NotAllowed) as caught:
        carry_out(session, organizer, NOW, contest_id=world.contest.id, proposal_id=proposal.id, note="")
    assert caught.value.code == "own_proposal"
    assert find_published(session, world.round.id) is None


def test_secretary_does_not_decide(session: Session, world: World) -> None:
    proposal = prepare(session, world, actor=world.actor(Role.ORGANIZER))
    with pytest.raises(NotAllowed):
        carry_out(
            session, world.actor(Role.SECRETARY), NOW, contest_id=world.contest.id, proposal_id=proposal.id, note=""
        )


def test_list_that_moved_since_it_was_proposed_is_not_published(session: Session, world: World) -> None:
    proposal = prepare(session, world)
    world.people["Hoàng Thị An"].excluded_at = NOW
    session.flush()
    with pytest.raises(DomainError) as caught:
        approve(session, world, proposal)
    assert caught.value.code == "content_changed"
    assert find_published(session, world.round.id) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"decision_number": " "}, "decision_missing"), ({"checked": ""}, "checked_missing")],
)
def test_what_has_to_be_written(session: Session, world: World, changes: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        prepare(session, world, **changes)
    assert caught.value.code == code


def test_second_version_needs_a_public_note(session: Session, world: World) -> None:
    publish(session, world, note="")
    with pytest.raises(DomainError) as caught:
        prepare(session, world, note=" ")
    assert caught.value.code == "public_note_missing"


def test_undecided_prizes_hold_the_list_back(session: Session) -> None:
    world = make_world(session)
    attempt(session, world, "An")
    attempt(session, world, "Bình")
    with pytest.raises(DomainError) as caught:
        prepare(session, world)
    assert (caught.value.code, caught.value.values) == ("prizes_undecided", {"people": 2})


def test_judges_prepare_nothing(session: Session, world: World) -> None:
    with pytest.raises(NotAllowed):
        prepare(session, world, actor=actor_of(world.secretary, world.contest, Role.JUDGE))


def test_round_of_nobody_is_published_empty(app: Flask, session: Session) -> None:
    world = make_world(session)
    assert rows(session, publish(session, world)) == []


def test_units_are_stored_in_their_order(session: Session, world: World) -> None:
    other = make_unit(session, "Xã Bình Gia")
    enter(session, world, "Dung", unit=other)
    attempt(session, world, "Dung", right=1)
    world.rules.sections = {**world.rules.sections, "units": {"formula": "participants", "points": []}}
    session.flush()
    publication = publish(session, world)
    found = session.scalars(
        select(PublicationUnit)
        .where(PublicationUnit.publication_id == publication.id)
        .order_by(PublicationUnit.position)
    )
    assert [(each.rank, each.unit_name, each.participants, each.rate) for each in found] == [
        (1, "Xã Thất Khê", 3, None),
        (2, "Xã Bình Gia", 1, None),
    ]


def withdraw(session: Session, world: World, role: Role = Role.ORGANIZER, reason: str = "Sai đáp án câu 5.") -> None:
    withdraw_publication(
        session, world.actor(role), NOW, contest_id=world.contest.id, round_id=world.round.id, reason=reason
    )


def test_withdrawn_list_is_gone_and_the_next_is_a_further_version(session: Session, world: World) -> None:
    first = publish(session, world)
    withdraw(session, world)
    assert find_published(session, world.round.id) is None
    assert published_rounds(session, [world.round.id]) == frozenset()
    record = session.scalars(select(AuditRecord).where(AuditRecord.act == "publication.withdrawn")).one()
    assert record.subject == f"publication:{first.id}"
    assert publish(session, world).version == 2
    assert published_rounds(session, [world.round.id]) == {world.round.id}


def test_withdrawing_the_last_version_brings_no_earlier_one_back(session: Session, world: World) -> None:
    publish(session, world)
    publish(session, world)
    withdraw(session, world)
    assert find_published(session, world.round.id) is None
    assert published_rounds(session, [world.round.id]) == frozenset()


@pytest.mark.parametrize(("role", "error"), [(Role.SECRETARY, NotAllowed), (Role.ORGANIZER, DomainError)])
def test_withdrawing_needs_the_organizer_and_a_reason(
    session: Session, world: World, role: Role, error: type[DomainError]
) -> None:
    publish(session, world)
    with pytest.raises(error):
        withdraw(session, world, role, reason=" ")
    assert find_published(session, world.round.id) is not None


@pytest.mark.parametrize("is_ranked_ahead", [False, True])
def test_a_result_that_changed_since_the_list_was_ranked_stops_its_publication(
    session: Session, world: World, is_ranked_ahead: bool
) -> None:
    proposal = prepare(session, world)
    if is_ranked_ahead:
        rank_proposed(session, proposal)
    first = session.scalars(select(AttemptResult).order_by(AttemptResult.attempt_id)).first()
    assert first is not None
    first.right_count = 3
    session.flush()
    with pytest.raises(DomainError, match="content_changed"):
        approve(session, world, proposal)
    assert session.scalars(select(Publication)).all() == []


def test_the_list_that_was_compared_is_the_one_that_is_stored(session: Session, world: World) -> None:
    proposal = prepare(session, world)
    rank_proposed(session, proposal)
    approve(session, world, proposal)
    publication = find_published(session, world.round.id)
    assert publication is not None
    assert [row[1] for row in rows(session, publication)] == ["H. T. An", "V. V. Bình", "L. Chi"]
    assert publication.ranking_digest == proposal.content["ranking_digest"]
