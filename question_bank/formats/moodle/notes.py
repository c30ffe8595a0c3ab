"""What Moodle has no place for, written where people see it and we find it again: difficulty and source."""

import re
from collections.abc import MutableSequence

from question_bank.formats.html_lines import literal
from question_bank.markup import plain
from question_bank.text import clean

_DIFFICULTY = "Độ khó"
_DIFFICULTY_TAG = re.compile(rf"{_DIFFICULTY}:? ?([1-5])", re.IGNORECASE)
_SOURCE = "Nguồn: "


def difficulty_tag(difficulty: int) -> str:
    """Return the tag that says how difficult a question is."""
    return f"{_DIFFICULTY} {difficulty}"


def difficulty_in(tags: MutableSequence[str]) -> int | None:
    """Take the first tag that says how difficult a question is out of its tags, and return what it says."""
    for place, tag in enumerate(tags):
        if found := _DIFFICULTY_TAG.fullmatch(tag):
            del tags[place]
            return int(found[1])
    return None


def with_source(explanation: str, source: str) -> str:
    """Return an explanation whose last line names the source."""
    return f"{explanation}\n\n{literal(_SOURCE + one_line(source))}".strip()


def one_line(source: str) -> str:
    """Return a source as it stands in one line."""
    return " ".join(clean(source).split())


def parted(text: str) -> tuple[str, str]:
    """Return an explanation and the source that its last line names, empty when it names none."""
    before, _, last = text.rpartition("\n")
    return (before.strip(), plain(last).removeprefix(_SOURCE).strip()) if last.startswith(_SOURCE) else (text, "")
