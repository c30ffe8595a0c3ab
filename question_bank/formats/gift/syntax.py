"""The signs of GIFT, Moodle's text format for questions: https://docs.moodle.org/en/GIFT_format."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from question_bank.formats.decoding import lines_of

# Escaped signs stand as noncharacters, of which texts have none, until everything is parted.
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_SIGNS = "\\~=#{}:n"
_MASK = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_UNMASK = {mask: "\n" if sign == "n" else sign for sign, mask in _MASK.items()}
_MASKED = re.compile(f"[{''.join(_UNMASK)}]")
_STRAYS = tuple(map(chr, range(0xFDD0, 0xFDF0)))
_ESCAPE = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"} | {"\n": "\\n"})

_EDGES = ("\t", "\u00a0", "\n ", " \n")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_COMMENT = "//"
_CATEGORY = "$CATEGORY:"
_NO_TEXT = (_COMMENT, _CATEGORY)
_SOURCES = frozenset({"nguồn", "source"})
_BETWEEN_SEGMENTS = re.compile(r"(?<!/)/(?!/)")
_ROOT = re.compile(r"\$.*\$|top")
_FEEDBACK = "####"

LONGEST = 100_000
"""Of a question with its answers, in characters: several times what is not refused later."""


class Block(NamedTuple):
    """A run of lines: the line it begins in, from 1, and what its comments tell."""

    line: int
    text: str
    category: str
    code: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    is_long: bool = False


class Item(NamedTuple):
    """A block, parted: title, the text before and after the answers, the answers (None without braces), feedback.

    One is `as_seen` in which no sign is escaped and no tag can stand.
    """

    title: str
    before: str
    after: str
    answers: str | None
    feedback: str
    as_seen: bool


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
    text = _without_strays(text)
    category, end = "", len(text)
    start = text.rfind("\n", 0, end - len(text.lstrip())) + 1
    line = 1 + text.count("\n", 0, start)
    gaps = map(re.Match.span, _EMPTY_LINES.finditer(text, start))
    for gap_start, gap_end in chain(gaps, [(end, end)]):
        run = text[start:gap_start].rstrip()
        first, _, rest = run.partition("\n") if run.startswith(_COMMENT) else ("", "", run)
        source = source_in(first)
        text_of_run = run if source is None else rest
        if len(run) < LONGEST and _COMMENT not in text_of_run and _CATEGORY not in text_of_run:
            if text_of_run:
                yield Block(line + bool(first), _tidy(text_of_run), category, source=source or "")
        else:
            block = _sorted_out(run, line, category)
            category = block.category
            if block.text:
                yield block
        line += text.count("\n", start, gap_end)
        start = gap_end


def _tidy(text: str) -> str:
    """Return a text without spaces around its lines."""
    text = text.replace("\n\t", "\n").strip()  # how most are written
    has_edges = any(sign in text for sign in _EDGES)
    return "\n".join(map(str.strip, text.split("\n"))) if has_edges else text


def _without_strays(text: str) -> str:
    """Return a text in which no sign stands that could be taken for an escaped one."""
    for stray in _STRAYS:
        text = text.replace(stray, "\ufffd")
    return text


def _sorted_out(run: str, first: int, category: str) -> Block:
    """Return a block without comments and categories, which may be a long one."""
    texts, notes, size, start, source = list[str](), list[str](), 0, first, ""
    for number, line in enumerate(map(str.strip, lines_of(run)), start=first):
        is_kept = not size or size + len(line) < LONGEST
        size += len(line) + 1
        if not is_kept:
            continue
        if not line.startswith(_NO_TEXT):
            start = start if texts else number
            texts.append(line)
        elif line.startswith(_CATEGORY):
            category = category_of(line)
        elif (told := source_in(line)) is not None:
            source = told
        else:
            notes.append(line)
    words = " ".join(notes)
    own = next(_named("id", words), "")
    return Block(start, "\n".join(texts), category, own, _tags(words), source, size > LONGEST)


def item_of(text: str) -> Item:
    """Return the parts of a block, with its escaped signs masked. Raises WrongBraces."""
    is_escaped = "\\" in text
    as_seen = not is_escaped and "<" not in text
    masked = _ESCAPED.sub(lambda found: _MASK[found[1]], text) if is_escaped else text
    title = ""
    if masked.startswith("::") and "::" in masked[2:]:
        title, _, masked = masked[2:].partition("::")
        title = unmasked(title) if is_escaped else title.strip()
    before, opened, rest = masked.partition("{")
    answers, closed, after = rest.partition("}")
    if "}" in before or "{" in rest or "}" in after or bool(opened) != bool(closed):
        raise WrongBraces
    if not opened:
        return Item(title, masked, "", None, "", as_seen)
    answers, has_feedback, feedback = answers.rpartition(_FEEDBACK)
    if not has_feedback:
        answers, feedback = feedback, ""
    return Item(title, before, after, answers.strip(), feedback, as_seen)


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


def source_line(source: str) -> str:
    """Return the comment in which a source stands; its colons are escaped, so that nothing in it is an id or a tag."""
    return f"// Nguồn: {escaped(source)}"


def source_in(comment: str) -> str | None:
    """Return the source that a comment names, None where it tells another thing."""
    name, colon, told = comment.removeprefix(_COMMENT).partition(":")
    if not colon or name.strip().lower() not in _SOURCES:
        return None
    if "\\" in told:
        told = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], told)
    return told.strip()


def _tags(notes: str) -> tuple[str, ...]:
    return tuple(tag.replace(",", " ") for tag in dict.fromkeys(_named("tag", notes)))


def _named(name: str, notes: str) -> Iterator[str]:
    """Yield what stands in brackets behind this name; brackets that nothing closes cost no search to the end."""
    for piece in notes.split(f"[{name}:")[1:]:
        text, closed, _ = piece.partition("]")
        if closed and text.strip():
            yield text.strip()
