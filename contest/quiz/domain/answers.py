"""Which of several saved answers counts: one fold over the journal, the same for everybody."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

MAX_RESPONSE_CHARACTERS = 12_000
"""As long as the longest text that a question asks for, an essay."""
MAX_RESPONSE_ITEMS = 50
MAX_ITEM_CHARACTERS = 200
MAX_PAYLOAD_BYTES = 64_000
"""The page's script splits what is longer: one answer of 12,000 characters has at most 36,000 bytes."""
MAX_AGE_MS = 24 * 3600 * 1000


class InvalidBatch(ValueError):
    """A batch that no page of ours could have sent."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers as they travel: per slot a response and its age in milliseconds."""

    client: str
    seq: int
    responses: Mapping[str, Any]
    ages: Mapping[str, int]

    @property
    def payload(self) -> str:
        """The canonical text that is stored and digested. Ages are not part of it."""
        return _canonical(self.responses)

    @property
    def ages_text(self) -> str:
        """The ages as stored beside the payload."""
        return _canonical(self.ages)


@dataclass(frozen=True, slots=True)
class Save:
    """A stored row of the journal."""

    client: str
    seq: int
    received_at: datetime
    payload: str
    ages: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A response and when it was given, by the one clock."""

    response: Any
    given_at: datetime


def read_batch(raw: object) -> Batch:
    """The batch in a JSON body. Raises `InvalidBatch`."""
    if not isinstance(raw, dict):
        raise InvalidBatch
    client, seq, answers = raw.get("client"), raw.get("seq"), raw.get("answers")
    if not isinstance(client, str) or not 8 <= len(client) <= 36 or not (client.isascii() and client.isprintable()):
        raise InvalidBatch
    if not _is_whole(seq, 1, 100_000) or not isinstance(answers, dict) or len(answers) > 200:
        raise InvalidBatch
    responses, ages = {}, {}
    for slot, answer in answers.items():
        if not isinstance(answer, dict) or not 1 <= len(slot) <= 4 or "response" not in answer:
            raise InvalidBatch
        responses[slot] = _read_response(answer["response"])
        age = answer.get("age", 0)
        if not _is_whole(age, 0, None):
            raise InvalidBatch
        ages[slot] = min(age, MAX_AGE_MS)
    batch = Batch(client, int(str(seq)), responses, ages)
    if _size(batch.payload) > MAX_PAYLOAD_BYTES:
        raise InvalidBatch
    return batch


def answers_of(saves: Iterable[Save], started_at: datetime, deadline_at: datetime) -> dict[str, Given]:
    """The answer that counts in each slot.

    Given = received - age, never before the client's previous contact (or the start), never after it was received.
    Within a client the later seq decides; between clients the later `given`, then the later arrival. What was given
    at the deadline or after it does not count, nor what arrived after the tolerance.
    """
    newest: dict[str, tuple[Given, datetime]] = {}
    for mine in _by_client(saves).values():
        for slot, (given, received_at) in _answers_of_client(mine, started_at, deadline_at).items():
            standing = newest.get(slot)
            if standing is None or (given.given_at, received_at) > (standing[0].given_at, standing[1]):
                newest[slot] = (given, received_at)
    return {slot: given for slot, (given, _received) in newest.items() if given.response is not None}


def slots_given_in_time(saves: Iterable[Save], seq: int, started_at: datetime, deadline_at: datetime) -> set[str]:
    """The slots of one client's batch `seq` that were given before the deadline; `saves` are all of that client."""
    contact = started_at
    for save in sorted(saves, key=lambda save: save.seq):
        if save.seq == seq and not save.is_late:
            ages = json.loads(save.ages)
            return {slot for slot in json.loads(save.payload) if _given(save, ages, slot, contact) < deadline_at}
        contact = max(contact, save.received_at)
    return set()


def given_at(received_at: datetime, age_ms: int, previous_contact: datetime) -> datetime:
    """When an answer was given: the age is the browser's word, the bounds are ours."""
    return min(max(received_at - timedelta(milliseconds=age_ms), previous_contact), received_at)


def _by_client(saves: Iterable[Save]) -> dict[str, list[Save]]:
    clients: dict[str, list[Save]] = {}
    for save in sorted(saves, key=lambda save: save.seq):
        if not save.is_late:
            clients.setdefault(save.client, []).append(save)
    return clients


def _answers_of_client(
    saves: list[Save], started_at: datetime, deadline_at: datetime
) -> dict[str, tuple[Given, datetime]]:
    answers: dict[str, tuple[Given, datetime]] = {}
    contact = started_at
    for save in saves:
        ages = json.loads(save.ages)
        for slot, response in json.loads(save.payload).items():
            given = _given(save, ages, slot, contact)
            if given < deadline_at:
                answers[slot] = (Given(response, given), save.received_at)
        contact = max(contact, save.received_at)
    return answers


def _given(save: Save, ages: Mapping[str, int], slot: str, contact: datetime) -> datetime:
    return given_at(save.received_at, ages.get(slot, 0), min(contact, save.received_at))


def _size(payload: str) -> int:
    """In bytes. JSON can spell halves of characters, which no database can keep."""
    try:
        return len(payload.encode())
    except UnicodeEncodeError:
        raise InvalidBatch from None


def _read_response(raw: object) -> object:
    if isinstance(raw, str) and len(raw) <= MAX_RESPONSE_CHARACTERS:
        return raw
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, list) and len(raw) <= MAX_RESPONSE_ITEMS and all(_is_item(item) for item in raw):
        return raw
    raise InvalidBatch


def _is_item(item: object) -> bool:
    return item is None or isinstance(item, bool) or (isinstance(item, str) and len(item) <= MAX_ITEM_CHARACTERS)


def _is_whole(value: object, low: int, high: int | None) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= low and (high is None or value <= high)


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
