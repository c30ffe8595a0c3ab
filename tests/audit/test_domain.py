from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contest.audit.domain import (
    GENESIS,
    Fault,
    Finding,
    Head,
    Link,
    canonical,
    check_chain,
    check_head,
    detail_digest,
    link_digest,
)

AT = datetime(2026, 7, 15, 2, 41, tzinfo=UTC)


def chain(length: int) -> list[tuple[Link, str]]:
    links, previous = [], GENESIS
    for seq in range(1, length + 1):
        link = Link(4, seq, AT, 7, "round.postponed", f"round:{seq}", {"n": seq}, None, previous)
        previous = link_digest(link)
        links.append((link, previous))
    return links


@pytest.mark.parametrize("length", [0, 1, 3])
def test_chain_as_written_has_no_findings(length: int) -> None:
    links = chain(length)
    head = links[-1][1] if links else GENESIS
    assert check_chain(links, length, head) == []


@pytest.mark.parametrize(
    "change",
    [
        {"scope": 5},
        {"at": datetime(2026, 7, 15, 2, 41, 0, 1, tzinfo=UTC)},
        {"actor_id": 8},
        {"actor_id": None},
        {"act": "round.closed"},
        {"subject": "round:9"},
        {"facts": {"n": 9}},
        {"detail_digest": "0" * 64},
    ],
)
def test_every_field_of_a_record_is_pinned(change: dict[str, object]) -> None:
    links = chain(3)
    head = links[-1][1]
    links[1] = (replace(links[1][0], **change), links[1][1])
    assert check_chain(links, 3, head) == [Finding(Fault.CHANGED, 2)]


def test_record_changed_together_with_its_digest_shows_at_the_next_one() -> None:
    links = chain(3)
    head = links[-1][1]
    forged = replace(links[1][0], subject="round:9")
    links[1] = (forged, link_digest(forged))
    assert check_chain(links, 3, head) == [Finding(Fault.CHANGED, 3)]


def test_last_record_changed_together_with_its_digest_shows_against_the_head() -> None:
    links = chain(3)
    head = links[-1][1]
    forged = replace(links[2][0], subject="round:9")
    links[2] = (forged, link_digest(forged))
    assert check_chain(links, 3, head) == [Finding(Fault.TRUNCATED, 4)]


def test_gap_does_not_hide_a_change_right_after_it() -> None:
    links = chain(4)
    head = links[-1][1]
    links[2] = (replace(links[2][0], subject="round:9"), links[2][1])
    del links[1]
    assert check_chain(links, 4, head) == [Finding(Fault.GAP, 2), Finding(Fault.CHANGED, 3)]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_missing_end_is_found_against_the_stored_length(kept: int) -> None:
    links = chain(3)
    assert check_chain(links[:kept], 3, links[-1][1]) == [Finding(Fault.TRUNCATED, kept + 1)]


def test_written_down_head_fits_the_record_it_was_taken_from() -> None:
    assert check_head(Head(2, "a" * 64), "a" * 64) == []


def test_written_down_head_beyond_the_chain_shows_truncation() -> None:
    assert check_head(Head(2, "a" * 64), None) == [Finding(Fault.TRUNCATED, 2)]


def test_written_down_head_with_another_digest_shows_a_rewritten_chain() -> None:
    assert check_head(Head(2, "a" * 64), "b" * 64) == [Finding(Fault.REWRITTEN, 2)]


def test_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "Nguyễn"}) == canonical({"a": "Nguyễn", "b": 1}) == '{"a":"Nguyễn","b":1}'


def test_same_detail_with_another_salt_has_another_digest() -> None:
    assert detail_digest("one", {"note": "x"}) != detail_digest("two", {"note": "x"})
