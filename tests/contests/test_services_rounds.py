from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.contests.domain import Lack
from contest.contests.models import Contest, ContestState, Role, Round, RoundKind
from contest.contests.queries import groups_of, rounds_of
from contest.contests.services import groups, rounds
from contest.errors import DomainError, NotAllowed, NotFound
from tests.contests.world import acts, new_contest, only_tries
from tests.factories import NOW, actor_of, make_group, make_participation, make_person, make_round

DAY = timedelta(days=1)
WINDOW = {"opens_at": NOW + DAY, "closes_at": NOW + 2 * DAY}


def draft(session: Session, contest: Contest, **values: Any) -> Round:
    return make_round(session, contest, **{"released_at": None, **WINDOW, **values})


def test_rounds_are_added_edited_and_deleted_while_they_are_drafts(session: Session) -> None:
    contest, organizer = new_contest(session)
    row = rounds.add_round(session, organizer, NOW, contest_id=contest.id, kind=RoundKind.QUIZ, name="Tuần 1", **WINDOW)
    assert (row.position, row.released_at) == (1, None)
    rounds.edit_round(
        session,
        organizer,
        NOW,
        contest_id=contest.id,
        round_id=row.id,
        kind=RoundKind.ENTRY,
        name="Nhận bài",
        **WINDOW,
    )
    assert (row.kind, row.name) == (RoundKind.ENTRY, "Nhận bài")
    rounds.delete_round(session, organizer, NOW, contest_id=contest.id, round_id=row.id)
    assert rounds_of(session, contest.id) == []
    assert acts(session, contest) == ["round.added", "round.edited", "round.deleted"]


@pytest.mark.parametrize(
    ("name", "closes_at", "code"), [("Tuần 2", NOW + DAY, "window_reversed"), ("TUẦN 1", NOW + 2 * DAY, "round_exists")]
)
def test_a_round_that_cannot_be_is_refused(session: Session, name: str, closes_at: Any, code: str) -> None:
    contest, organizer = new_contest(session)
    draft(session, contest, name="Tuần 1")
    with pytest.raises(DomainError, match=code):
        rounds.add_round(
            session,
            organizer,
            NOW,
            contest_id=contest.id,
            kind=RoundKind.QUIZ,
            name=name,
            opens_at=NOW + DAY,
            closes_at=closes_at,
        )
    assert acts(session, contest) == []


def test_a_released_round_is_neither_edited_nor_deleted_nor_released_again(session: Session) -> None:
    contest, organizer = new_contest(session)
    place = {"contest_id": contest.id, "round_id": make_round(session, contest).id}
    with only_tries():
        for act in (rounds.delete_round, rounds.release_round):
            with pytest.raises(DomainError, match="round_released"):
                act(session, organizer, NOW, **place)
    with pytest.raises(DomainError, match="round_released"):
        rounds.edit_round(session, organizer, NOW, kind=RoundKind.QUIZ, name="Tuần", **place, **WINDOW)


def test_a_round_is_released_when_nothing_that_blocks_is_missing(session: Session) -> None:
    contest, organizer = new_contest(session)
    row = draft(session, contest)
    lacks = [Lack("bank", "Thiếu 2 câu."), Lack("backup", "Bản sao lưu đã cũ.", blocks=False)]
    with only_tries(lambda _session, _row: list(lacks)):
        with pytest.raises(DomainError) as refused:
            rounds.release_round(session, organizer, NOW, contest_id=contest.id, round_id=row.id)
        assert (refused.value.code, refused.value.values) == ("round_lacks", {"what": "Thiếu 2 câu."})
        assert row.released_at is None
        del lacks[0]
        rounds.release_round(session, organizer, NOW, contest_id=contest.id, round_id=row.id)
    assert row.released_at == NOW
    assert acts(session, contest) == ["round.released"]


def test_a_round_of_a_draft_contest_or_with_a_past_window_is_not_released(session: Session) -> None:
    contest, organizer = new_contest(session, state=ContestState.DRAFT)
    row = draft(session, contest, closes_at=NOW + DAY * 2)
    with only_tries():
        with pytest.raises(DomainError, match="contest_not_announced"):
            rounds.release_round(session, organizer, NOW, contest_id=contest.id, round_id=row.id)
        contest.state = ContestState.ANNOUNCED
        with pytest.raises(DomainError, match="window_over"):
            rounds.release_round(session, organizer, row.closes_at, contest_id=contest.id, round_id=row.id)
        rounds.release_round(
            session, organizer, row.closes_at - timedelta(seconds=1), contest_id=contest.id, round_id=row.id
        )


def test_a_secretary_prepares_rounds_but_does_not_release_postpone_or_cancel(session: Session) -> None:
    contest, _organizer = new_contest(session)
    secretary = actor_of(make_person(session), contest, Role.SECRETARY)
    row = rounds.add_round(session, secretary, NOW, contest_id=contest.id, kind=RoundKind.QUIZ, name="Tuần 1", **WINDOW)
    place = {"contest_id": contest.id, "round_id": row.id}
    with pytest.raises(NotAllowed):
        rounds.release_round(session, secretary, NOW, **place)
    with pytest.raises(NotAllowed):
        rounds.postpone_round(session, secretary, NOW, reason="Mưa lũ", **place, **WINDOW)
    with pytest.raises(NotAllowed):
        rounds.cancel_round(session, secretary, NOW, reason="Mưa lũ", **place)


def test_postponing_needs_a_reason_and_keeps_it_with_the_old_times(session: Session) -> None:
    contest, organizer = new_contest(session)
    row = make_round(session, contest)
    place = {"contest_id": contest.id, "round_id": row.id, "opens_at": row.opens_at, "closes_at": row.closes_at + DAY}
    with pytest.raises(DomainError, match="reason_missing"):
        rounds.postpone_round(session, organizer, NOW, reason=" ", **place)
    rounds.postpone_round(session, organizer, NOW, reason="Mưa lũ", **place)
    assert row.closes_at == place["closes_at"]
    assert acts(session, contest) == ["round.postponed"]
    with pytest.raises(DomainError, match="round_not_released"):
        rounds.postpone_round(
            session, organizer, NOW, reason="Mưa", **{**place, "round_id": draft(session, contest, position=2).id}
        )


def test_a_round_is_cancelled_before_it_closes(session: Session) -> None:
    contest, organizer = new_contest(session)
    row = make_round(session, contest)
    place = {"contest_id": contest.id, "round_id": row.id}
    with pytest.raises(DomainError, match="round_closed"):
        rounds.cancel_round(session, organizer, row.closes_at, reason="Mưa lũ", **place)
    with pytest.raises(DomainError, match="reason_missing"):
        rounds.cancel_round(session, organizer, NOW, reason="", **place)
    rounds.cancel_round(session, organizer, row.closes_at - timedelta(seconds=1), reason="Mưa lũ", **place)
    with pytest.raises(DomainError, match="round_cancelled"):
        rounds.cancel_round(session, organizer, NOW, reason="Mưa lũ", **place)
    assert acts(session, contest) == ["round.cancelled"]


def test_another_contests_round_is_not_found(session: Session) -> None:
    contest, organizer = new_contest(session)
    other, _organizer = new_contest(session)
    with pytest.raises(NotFound):
        rounds.cancel_round(
            session, organizer, NOW, contest_id=contest.id, round_id=make_round(session, other).id, reason="Mưa"
        )


def test_groups_are_added_edited_and_deleted_until_a_round_has_opened(session: Session) -> None:
    contest, organizer = new_contest(session)
    row = draft(session, contest, released_at=NOW)
    first = groups.add_group(
        session, organizer, NOW, contest_id=contest.id, name="Mọi công dân", age_from=None, age_to=None
    )
    ages = {"age_from": 11, "age_to": 11}
    second = groups.add_group(session, organizer, NOW, contest_id=contest.id, name="Mọi công-dân!", **ages)
    assert [(each.code, each.position) for each in (first, second)] == [("moi-cong-dan", 1), ("moi-cong-dan-2", 2)]
    groups.edit_group(session, organizer, NOW, contest_id=contest.id, group_id=second.id, name="THCS", **ages)
    groups.delete_group(session, organizer, NOW, contest_id=contest.id, group_id=first.id)
    assert [each.name for each in groups_of(session, contest.id)] == ["THCS"]
    assert acts(session, contest) == ["group.added", "group.added", "group.edited", "group.deleted"]
    with pytest.raises(DomainError, match="contest_has_opened"):
        groups.add_group(session, organizer, row.opens_at, contest_id=contest.id, name="THPT", **ages)
    groups.add_group(session, organizer, row.opens_at - timedelta(seconds=1), contest_id=contest.id, name="TH", **ages)


def test_a_group_needs_a_free_name_and_ages_in_order(session: Session) -> None:
    contest, organizer = new_contest(session)
    make_group(session, contest, "THCS")
    for name, age_from, age_to, code in (("thcs", 11, 15, "group_exists"), ("THPT", 16, 15, "ages_reversed")):
        with pytest.raises(DomainError, match=code):
            groups.add_group(
                session, organizer, NOW, contest_id=contest.id, name=name, age_from=age_from, age_to=age_to
            )


def test_a_group_that_somebody_has_chosen_stays(session: Session) -> None:
    contest, organizer = new_contest(session)
    group = make_group(session, contest)
    make_participation(session, contest, make_person(session), group_id=group.id)
    with pytest.raises(DomainError, match="group_in_use"):
        groups.delete_group(session, organizer, NOW, contest_id=contest.id, group_id=group.id)
    assert groups_of(session, contest.id) == [group]
    assert acts(session, contest) == []
