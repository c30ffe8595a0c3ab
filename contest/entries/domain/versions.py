"""What identifies a version that was handed in: the digest of its content, and the receipt."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contest.entries.domain.limits import AnswerForm
from contest.keys import receipt_code


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is handed in: a text, or a file named by what pins its content."""

    question: int
    form: AnswerForm
    text: str
    file: str


def version_digest(prompt_id: int, answers: Sequence[Answer]) -> str:
    """SHA-256 of the canonical JSON of prompt and answers in order of questions, in hexadecimal."""
    rows = [[each.question, each.form.value, each.text, each.file] for each in answers]
    canonical = json.dumps([prompt_id, sorted(rows)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def receipt_of_version(key: bytes, entry: str, number: int, digest: str, handed_in_at: datetime) -> str:
    """Of what was handed in and when."""
    return receipt_code(key, "entry", entry, str(number), digest, handed_in_at)
