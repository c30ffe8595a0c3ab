"""Versions that were handed in: which one counts, the digest that identifies it, and the receipt."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from contest.entries.domain.limits import AnswerForm
from contest.keys import receipt_code


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is handed in: a text, or a file named by what pins its content."""

    question: int
    form: AnswerForm
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What decides whether a version counts; `is_refused`: a file of it was examined and refused."""

    number: int
    is_withdrawn: bool = False
    is_refused: bool = False


def counting_version(handed: Sequence[Handed]) -> int | None:
    """The last version of which no file was refused, of those since the last withdrawal; `handed` is newest first.

    A file that is still examined counts until it is refused. When every version was refused, it is the last one.
    """
    since = list(takewhile(lambda each: not each.is_withdrawn, handed))
    good = (each for each in since if not each.is_refused)
    counts = next(good, None) or next(iter(since), None)
    return counts.number if counts else None


def version_digest(prompt_id: int, answers: Sequence[Answer]) -> str:
    """SHA-256 of the canonical JSON of prompt and answers in order of questions, in hexadecimal."""
    rows = [[each.question, each.form.value, each.text, each.file] for each in answers]
    canonical = json.dumps([prompt_id, sorted(rows)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def receipt_of_version(key: bytes, entry: str, number: int, digest: str, handed_in_at: datetime) -> str:
    """Of what was handed in and when."""
    return receipt_code(key, "entry", entry, str(number), digest, handed_in_at)
