from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.db import unit_of_work
from contest.mail import services
from contest.mail.models import OutboxMessage
from tests.factories import NOW


def queued(session: Session, **values: object) -> OutboxMessage:
    with unit_of_work(session):
        return services.queue(session, NOW, "an@example.vn", "Chào mừng", "Kính gửi ông/bà")


@pytest.mark.parametrize(("after", "is_due"), [(timedelta(0), True), (timedelta(microseconds=-1), False)])
def test_a_message_is_due_from_the_moment_it_was_queued(session, after, is_due):
    queued(session)
    assert (services.claim(session, NOW + after) is not None) is is_due


def test_two_workers_never_send_the_same_message(session):
    queued(session)
    with unit_of_work(session):
        assert services.claim(session, NOW) is not None
    with unit_of_work(session):
        assert services.claim(session, NOW) is None


def test_pauses_grow_until_the_message_is_given_up_with_its_fault(session):
    message_id = queued(session).id
    now, tries = NOW, []
    for _ in range(10):
        with unit_of_work(session):
            claimed = services.claim(session, now)
        if claimed is None:
            break
        tries.append(now - NOW)
        with unit_of_work(session):
            services.record_fault(session, message_id, "the server said no")
        now = claimed.next_try_at or now
    minutes = [int(span.total_seconds() // 60) for span in tries]
    assert minutes == [0, 1, 6, 36, 156]
    session.expire_all()
    given_up = session.get_one(OutboxMessage, message_id)
    assert (given_up.next_try_at, given_up.sent_at, given_up.fault) == (None, None, "the server said no")


def test_a_sent_message_is_never_due_again(session):
    message_id = queued(session).id
    with unit_of_work(session):
        services.claim(session, NOW)
        services.record_sent(session, NOW, message_id)
    assert services.claim(session, NOW + timedelta(days=365)) is None
