"""What the second sample is made of, as its file says: groups, prompts, rubric, and the pupils' entries."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from contest.entries.domain.limits import AnswerForm

EXTENSIONS = {AnswerForm.VIDEO: "mp4", AnswerForm.AUDIO: "mp3"}
FILE = Path(__file__).parent / "data" / "van_hoa_doc.toml"


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """An answer; what is not typed is a file with this extension."""

    form: AnswerForm
    text: str
    extension: str


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """An invented pupil with their entry; `prompt` counts the group's from 1, `unit` is a school's code."""

    name: str
    age: int
    group: str
    unit: str
    prompt: int
    answers: tuple[SampleAnswer, ...]
    is_handed_in: bool


@dataclass(frozen=True, slots=True)
class SampleTexts:
    """All of it; groups, prompts and criteria as the file has them."""

    groups: list[dict[str, Any]]
    prompts: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    entries: tuple[SampleEntry, ...]
    open_entries: tuple[SampleEntry, ...]


@cache
def sample_texts() -> SampleTexts:
    """The file, read once."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return SampleTexts(
        groups=found["groups"],
        prompts=found["prompts"],
        criteria=found["criteria"],
        entries=tuple(_entry({"is_handed_in": True, **row}) for row in found["entries"]),
        open_entries=tuple(_entry({"is_handed_in": False, **row}) for row in found["open_entries"]),
    )


def _entry(row: dict[str, Any]) -> SampleEntry:
    return SampleEntry(**{**row, "answers": tuple(map(_answer, row["answers"]))})


def _answer(row: dict[str, Any]) -> SampleAnswer:
    form = AnswerForm(row["form"])
    return SampleAnswer(form, row.get("text", "").strip(), row.get("extension", EXTENSIONS.get(form, "")))
