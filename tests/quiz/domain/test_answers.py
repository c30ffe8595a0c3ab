from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contest.quiz.domain.answers import (
    Batch,
    InvalidBatch,
    Save,
    answers_of,
    given_at,
    read_batch,
    slots_given_in_time,
)

START = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)
DEADLINE = START + timedelta(minutes=15)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def save(
    client: str, seq: int, received: float, answers: dict[str, Any], age_ms: int = 0, *, late: bool = False
) -> Save:
    batch = Batch(client, seq, answers, dict.fromkeys(answers, age_ms))
    return Save(client, seq, at(received), batch.payload, batch.ages_text, late)


def counted(*saves: Save) -> dict[str, Any]:
    return {slot: given.response for slot, given in answers_of(saves, START, DEADLINE).items()}


def test_within_a_client_the_later_sequence_decides_even_if_it_arrived_first() -> None:
    assert counted(save("a" * 8, 2, 10, {"1": "c"}), save("a" * 8, 1, 20, {"1": "b"})) == {"1": "c"}


def test_between_clients_the_later_given_decides() -> None:
    phone = save("phone---", 1, 60, {"1": "b"}, age_ms=50_000)  # given at 10 s, on a dead network until 60 s
    tablet = save("tablet--", 1, 30, {"1": "c"})
    assert counted(phone, tablet) == {"1": "c"}


def test_between_clients_with_equal_given_the_later_arrival_decides() -> None:
    one = save("one-----", 1, 30, {"1": "b"})
    other = save("other---", 1, 40, {"1": "c"}, age_ms=10_000)
    assert counted(one, other) == {"1": "c"}


def test_an_age_never_reaches_before_the_previous_contact_of_its_client() -> None:
    first = save("phone---", 1, 40, {"2": "a"})
    second = save("phone---", 2, 41, {"1": "b"}, age_ms=30_000)  # claims 11 s, but was in contact at 40 s
    other = save("tablet--", 1, 20, {"1": "c"})
    assert counted(first, second, other) == {"1": "b", "2": "a"}


def test_a_cleared_answer_is_no_answer() -> None:
    assert counted(save("a" * 8, 1, 10, {"1": "c"}), save("a" * 8, 2, 20, {"1": None})) == {}


def test_evidence_that_came_too_late_does_not_count() -> None:
    assert counted(save("a" * 8, 1, 10, {"1": "c"}), save("a" * 8, 2, 920, {"1": "d"}, late=True)) == {"1": "c"}


@pytest.mark.parametrize(
    ("received", "age_ms", "expected"),
    [
        (899.999, 0, "d"),
        (900, 0, "c"),
        (900, 1, "d"),
        (903, 3_000, "c"),
        (903, 3_001, "d"),
    ],
)
def test_in_the_tolerance_only_what_was_given_before_the_deadline_counts(
    received: float, age_ms: int, expected: str
) -> None:
    saves = [save("a" * 8, 1, 10, {"1": "c"}), save("a" * 8, 2, received, {"1": "d"}, age_ms)]
    assert counted(*saves) == {"1": expected}
    assert slots_given_in_time(saves, 2, START, DEADLINE) == ({"1"} if expected == "d" else set())


@pytest.mark.parametrize(("age_ms", "expected"), [(0, 100), (40_000, 60), (41_000, 60), (10**9, 60), (-5, 100)])
def test_given_stays_between_previous_contact_and_arrival(age_ms: int, expected: float) -> None:
    assert given_at(at(100), age_ms, at(60)) == at(expected)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"client": "short", "seq": 1, "answers": {}},
        {"client": "c" * 37, "seq": 1, "answers": {}},
        {"client": "c" * 8, "seq": 0, "answers": {}},
        {"client": "c" * 8, "seq": True, "answers": {}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": "b"}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"age": 1}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": "b", "age": -1}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": "b", "age": 1.5}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": {"x": 1}}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": 5}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": ["x" * 201]}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": ["x"] * 51}}},
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": "x" * 12_001}}},
        {"client": "c" * 8, "seq": 1, "answers": {str(slot): {"response": "b"} for slot in range(201)}},
    ],
)
def test_batches_that_no_page_sends_are_refused(raw: object) -> None:
    with pytest.raises(InvalidBatch):
        read_batch(raw)


@pytest.mark.parametrize("response", [["ả" * 200] * 50, ["", None, True, "5"], []])
def test_a_response_may_have_a_part_for_each_control(response: list[Any]) -> None:
    batch = read_batch({"client": "c" * 8, "seq": 1, "answers": {"1": {"response": response}}})
    assert batch.responses == {"1": response}


def test_the_digested_text_covers_the_answers_and_not_their_age() -> None:
    young = read_batch(
        {"client": "c" * 8, "seq": 1, "answers": {"2": {"response": "b", "age": 1}, "1": {"response": None}}}
    )
    old = read_batch(
        {"client": "c" * 8, "seq": 1, "answers": {"1": {"response": None}, "2": {"response": "b", "age": 9}}}
    )
    assert young.payload == old.payload == '{"1":null,"2":"b"}'
    assert young.ages_text != old.ages_text
