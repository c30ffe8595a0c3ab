"""The signs of GIFT, Moodle's text format for questions: https://docs.moodle.org/en/GIFT_format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from question_bank.formats.decoding import lines_of

# Escaped signs stand as noncharacters, of which texts have none, until everything is parted.
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_SIGNS = "\\~=#{}:n"
_MASK = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_UNMASK = {mask: "\n" if sign == "n" else sign for sign, mask in _MASK.items()}
_MASKED = re.compile(f"[{''.join(_UNMASK)}]")
_STRAY = re.compile("[\ufdd0-\ufdef]")
_ESCAPE = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"} | {"\n": "\\n"})

_CATEGORY = "$CATEGORY:"
_NO_TEXT = ("//", _CATEGORY)
_ID = re.compile(r"\[id:([^\]]+)\]")
_TAG = re.compile(r"\[tag:([^\]]+)\]")
_BETWEEN_SEGMENTS = re.compile(r"(?<!/)/(?!/)")
_ROOT = re.compile(r"\$.*\$|top")
_FEEDBACK = "####"

LONGEST = 100_000
"""Of a question with its answers, in characters: several times what is not refused later."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines: the line it begins in, from 1, and what its comments tell."""

    line: int
    text: str
    category: str
    code: str
    tags: tuple[str, ...]
    is_long: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A block, parted: title, the text before and after the answers, the answers (None without braces), feedback."""

    title: str
    before: str
    after: str
    answers: str | None
    feedback: str


class WrongBraces(ValueError):
    """The answers don't stand between exactly one pair of braces."""


def escaped(text: str) -> str:
    """Return a text as it stands in a file."""
    return text.translate(_ESCAPE)


def unmasked(text: str) -> str:
    """Return a text without masks, as people read it."""
    return _MASKED.sub(lambda found: _UNMASK[found[0]], text).strip()


def blocks(text: str) -> Iterator[Block]:
    """Yield what stands between empty lines, without comments and categories; no more of it than `LONGEST` holds."""
    category, start, size = "", 0, 0
    texts: list[str] = []
    notes: list[str] = []
    for number, line in enumerate(chain(map(str.strip, lines_of(text)), [""]), start=1):
        if not line:
            if texts:
                yield _block(start, texts, category, " ".join(notes), is_long=size > LONGEST)
                texts = []
            notes, size = [], 0
            continue
        is_kept = not size or size + len(line) < LONGEST
        size += len(line) + 1
        if not is_kept:
            continue
        if not line.startswith(_NO_TEXT):
            start = start if texts else number
            texts.append(line)
        elif line.startswith(_CATEGORY):
            category = category_of(line)
        else:
            notes.append(line)


def _block(start: int, lines: list[str], category: str, notes: str, *, is_long: bool) -> Block:
    code = _ID.search(notes)
    return Block(start, "\n".join(lines), category, code[1].strip() if code else "", _tags(notes), is_long)


def item_of(text: str) -> Item:
    """Return the parts of a block, with its escaped signs masked. Raises WrongBraces."""
    masked = _ESCAPED.sub(lambda found: _MASK[found[1]], _STRAY.sub("\ufffd", text))
    title = ""
    if masked.startswith("::") and "::" in masked[2:]:
        title, _, masked = masked[2:].partition("::")
    opened, closed = masked.count("{"), masked.count("}")
    if not opened and not closed:
        return Item(unmasked(title), masked, "", None, "")
    before, _, rest = masked.partition("{")
    answers, _, after = rest.partition("}")
    if opened != 1 or closed != 1 or "}" in before:
        raise WrongBraces
    answers, has_feedback, feedback = answers.rpartition(_FEEDBACK)
    if not has_feedback:
        answers, feedback = feedback, ""
    return Item(unmasked(title), before, after, answers.strip(), feedback)


def category_of(path: str) -> str:
    """Return the topic that a category stands for, without the root; a doubled slash belongs to a name."""
    names = [name.replace("//", "/").strip() for name in _BETWEEN_SEGMENTS.split(path.removeprefix(_CATEGORY).strip())]
    while names and _ROOT.fullmatch(names[0]):
        names = names[1:]
    return " / ".join(name for name in names if name)


def category_line(topic: str) -> str:
    """Return the line that puts what follows under a topic."""
    return f"{_CATEGORY} {category_path(topic)}"


def category_path(topic: str) -> str:
    """Return the category that stands for a topic."""
    names = [" ".join(name.split()).replace("/", "//") for name in topic.split(" / ")]
    return f"$course$/top/{'/'.join(names)}"


def notes_line(tags: tuple[str, ...]) -> str:
    """Return the comment in which tags stand."""
    return "// " + " ".join(f"[tag:{tag}]" for tag in tags)


def _tags(notes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.strip() for tag in _TAG.findall(notes) if tag.strip()))
