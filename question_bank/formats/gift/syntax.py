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
_UNMASK = {ord(mask): "\n" if sign == "n" else sign for sign, mask in _MASK.items()}
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
    return text.translate(_UNMASK).strip()


def blocks(text: str) -> Iterator[Block]:
    """Yield what stands between empty lines, without comments and categories; no more of it than `LONGEST` holds."""
    category, start, size = "", 0, 0
    lines: list[str] = []
    for number, line in enumerate(chain(map(str.strip, lines_of(text)), [""]), start=1):
        if line:
            start = start if lines else number
            size += len(line) + 1
            if size <= LONGEST or not lines:
                lines.append(line)
        elif lines:
            category = next((category_of(each) for each in reversed(lines) if each.startswith(_CATEGORY)), category)
            if any(not each.startswith(_NO_TEXT) for each in lines):
                yield _block(start, lines, category, is_long=size > LONGEST)
            lines, size = [], 0


def _block(start: int, lines: list[str], category: str, *, is_long: bool) -> Block:
    notes = " ".join(each for each in lines if each.startswith("//"))
    texts = [(place, each) for place, each in enumerate(lines) if not each.startswith(_NO_TEXT)]
    code = _ID.search(notes)
    text = "\n".join(each for _place, each in texts)
    return Block(start + texts[0][0], text, category, code[1].strip() if code else "", _tags(notes), is_long)


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
