import threading
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.db import unit_of_work
from contest.work import services
from contest.work.models import WorkItem, WorkState
from contest.work.services import LEASE, PAUSES, Hold, LeaseLostError
from tests.factories import NOW

KINDS = ["export"]


def enqueued(session: Session, kind: str = "export") -> int:
    with unit_of_work(session):
        return services.enqueue(session, NOW, kind, {"contest": 1}, total=10).id


def taken(session: Session, now=NOW) -> Hold | None:
    with unit_of_work(session):
        item = services.take(session, now, KINDS)
        return Hold(item.id, item.tries) if item else None


def test_the_oldest_work_comes_first(session):
    first, second = enqueued(session), enqueued(session)
    assert [taken(session).item_id, taken(session).item_id, taken(session)] == [first, second, None]


def test_work_of_other_kinds_is_left_to_others(session):
    enqueued(session, "file.check")
    second = enqueued(session)
    assert [taken(session).item_id, taken(session)] == [second, None]


@pytest.mark.parametrize(("silence", "returns"), [(LEASE, True), (LEASE - timedelta(microseconds=1), False)])
def test_work_of_a_silent_worker_returns_when_its_lease_is_over(session, silence, returns):
    enqueued(session)
    taken(session)
    assert (taken(session, NOW + silence) is not None) is returns


def test_reporting_keeps_the_lease(session):
    enqueued(session)
    hold = taken(session)
    with unit_of_work(session):
        services.advance(session, NOW + timedelta(minutes=1), hold, 3)
    assert taken(session, NOW + LEASE) is None
    assert session.get_one(WorkItem, hold.item_id).done == 3


@pytest.mark.parametrize(
    "act",
    [
        lambda session, hold: services.advance(session, NOW, hold, 5),
        services.finish,
        lambda session, hold: services.fail(session, NOW, hold, "too late"),
        services.give_back,
    ],
)
def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(session, act):
    enqueued(session)
    late = taken(session)
    assert taken(session, NOW + LEASE) is not None
    with pytest.raises(LeaseLostError), unit_of_work(session):
        act(session, late)


def test_failing_work_is_tried_again_after_growing_pauses_and_then_given_up(session):
    item_id = enqueued(session)
    now = NOW
    for pause in (*PAUSES, None):
        hold = taken(session, now)
        assert hold is not None
        with unit_of_work(session):
            services.fail(session, now, hold, "the disk is full")
        if pause:
            assert taken(session, now + pause - timedelta(microseconds=1)) is None
            now += pause
    assert taken(session, now + timedelta(days=1)) is None
    session.expire_all()
    item = session.get_one(WorkItem, item_id)
    assert (item.state, item.fault) == (WorkState.FAILED, "the disk is full")


def test_work_given_back_goes_on_at_once_and_loses_no_try(session):
    enqueued(session)
    hold = taken(session)
    with unit_of_work(session):
        services.give_back(session, hold)
    assert taken(session) == hold


def test_many_workers_share_the_work_without_doing_any_twice(session):
    items = {enqueued(session) for _ in range(12)}
    got: list[int] = []

    def worker() -> None:
        with Session(session.get_bind(), expire_on_commit=False) as own:
            while hold := taken(own):
                got.append(hold.item_id)

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(items)
