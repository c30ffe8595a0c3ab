"""What every file format reads and writes."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.lint.letters import mixes_forms
from question_bank.problems import Values, sentence
from question_bank.question import SOURCE_TO_ADD, Question
from question_bank.text import clean, fold, has_control_characters
from question_bank.validation import problems_in
from question_bank.words import Locale

MOST_QUESTIONS = 5000
MOST_FILE_MB = 20
MOST_MEDIA_MB = 40
"""Of the pictures and sounds inside a file, unpacked."""

LONGEST_DESCRIPTION = 500
LONGEST_CODE = 50
_PLACES_SHOWN = 5
_BRACKETS = re.compile(r"[\[\]\\]")

UNSORTED = "Chưa phân loại"
"""The topic of a question whose file names none."""

MEDIUM_DIFFICULTY = 3
"""The difficulty of a question whose file names none."""

UNKNOWN_SOURCE = SOURCE_TO_ADD
"""The source of a question whose file names none."""

Source: TypeAlias = bytes | Path


class Parsed(NamedTuple):
    """A question of a file: the committee's code for it, the row it stood in, and what papers owe it."""

    code: str
    row: int
    question: Question
    limits: PaperLimits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at one place of a file: a cell ("C7"), or a path in JSON.

    `row` is that of the question it is about, as in `Parsed`; None where it is about several or the file as a whole.
    """

    cell: str
    code: str
    values: Values = dataclasses.field(default_factory=dict)
    row: int | None = None

    def sentence(self, locale: Locale = "vi") -> str:
        """Return what is wrong, for the person who wrote the file."""
        return sentence(self.code, self.values, locale)


@dataclass(frozen=True, slots=True)
class Import:
    """What a file holds: all of it may be taken over when nothing is at fault, or only the good questions.

    `guesses` are what the file doesn't say, or not for sure, and a person should look at. `media` are the pictures
    and sounds that came inside the file, by the SHA-256 (hex) with which texts name them.
    """

    questions: tuple[Parsed, ...]
    faults: tuple[Fault, ...]
    title: str = ""
    as_of: date | None = None
    guesses: tuple[Fault, ...] = ()
    media: Mapping[str, bytes] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell faults in the order of the file, those about it as a whole first, whenever they were found."""
        object.__setattr__(self, "faults", tuple(sorted(self.faults, key=lambda fault: fault.row or 0)))

    @property
    def good(self) -> tuple[Parsed, ...]:
        """Return the questions without a fault; none when something is wrong with the file as a whole."""
        faulty = {fault.row for fault in self.faults}
        return () if None in faulty else tuple(item for item in self.questions if item.row not in faulty)


@dataclass(frozen=True, slots=True)
class Bank:
    """Questions to write to a file: `entries` are pairs of code and question.

    `as_of` is the day for which the answers hold; a file without one says nothing about it. `media` are the bytes of
    the pictures and sounds that texts name, by SHA-256 (hex), for formats that can hold them. `limits` say by code
    what papers owe a question.
    """

    entries: tuple[tuple[str, Question], ...]
    title: str = ""
    as_of: date | None = None
    media: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    limits: Mapping[str, PaperLimits] = dataclasses.field(default_factory=dict)


class UnusableFile(Exception):
    """A file that cannot be read at all; `sentence()` says why and what to do."""

    def __init__(self, code: str, values: Values | None = None) -> None:
        super().__init__(sentence(code, values or {}, "en"))
        self.code = code
        self.values: Values = values or {}

    def sentence(self, locale: Locale = "vi") -> str:
        """Return what is wrong, for the person who sent the file."""
        return sentence(self.code, self.values, locale)


def nothing(_question: Question) -> tuple[str, ...]:
    """Say that a format holds everything."""
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Reading raises UnusableFile; writing trusts that the questions are valid.

    `losses` says, by code, what of a question the format can't hold; the file that is written lacks that and nothing
    else.
    """

    read_questions: Callable[[Source], Import]
    write_questions: Callable[[BinaryIO, Bank], None]
    losses: Callable[[Question], tuple[str, ...]] = nothing
    holds_limits: bool = False

    def lost(self, bank: Bank) -> tuple[Fault, ...]:
        """Return what of a bank the format can't hold, each with the codes of its questions."""
        lost = [(code, loss) for code, question in bank.entries for loss in self.losses(question)]
        limited = [code for code, _question in bank.entries if bank.limits.get(code, NO_LIMITS) != NO_LIMITS]
        return gathered(lost + [(code, "lost_limits") for code in limited if not self.holds_limits])


def gathered(found: Iterable[tuple[str, str]]) -> tuple[Fault, ...]:
    """Return one fault for each code among pairs of place and code, which names the first places and counts all."""
    places: dict[str, list[str]] = {}
    for place, code in found:
        places.setdefault(code, []).append(place)
    return tuple(
        Fault(
            ", ".join(each[:_PLACES_SHOWN]) + (", …" if len(each) > _PLACES_SHOWN else ""), code, {"count": len(each)}
        )
        for code, each in places.items()
    )


class MediaFound:
    """Collects the pictures and sounds inside a file. Raises UnusableFile: media_large, too many bytes.

    `shown` and `tags` count how often texts of HTML show one, and the tags of these texts.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.by_digest: dict[str, bytes] = {}
        self.shown = self.tags = 0
        self._size = 0

    def mark(self, content: bytes, description: str) -> str:
        """Keep a medium and return the mark that shows it in a text."""
        return mark_of(self.keep(content), description)

    def keep(self, content: bytes) -> str:
        """Keep a medium and return its SHA-256 (hex)."""
        digest = sha256(content).hexdigest()
        if digest not in self.by_digest:
            self._size += len(content)
            if self._size > MOST_MEDIA_MB * 1_000_000:
                raise UnusableFile("media_large", {"most": MOST_MEDIA_MB})
            self.by_digest[digest] = content
        return digest


def mark_of(digest: str, description: str) -> str:
    """Return the mark that shows a medium in a text."""
    words = " ".join(_BRACKETS.sub(" ", clean(description)).split())[:LONGEST_DESCRIPTION]
    return f"![{words}](media:{digest})"


def letters_guesses(text: str) -> tuple[Fault, ...]:
    """Return what to say of the text of a file as it was before reading put all letters into one form."""
    return (Fault("", "letters_mixed"),) if mixes_forms(text) else ()


LIMITS_READ = frozenset({"compulsory_read", "apart_read", "apart_alone"})
"""The codes of `limits_guesses`."""


def limits_guesses(questions: Iterable[Parsed]) -> tuple[Fault, ...]:
    """Return what to say of what a file asks of papers: it counts for the questions that are new to a bank."""
    limited = [item for item in questions if item.limits != NO_LIMITS]
    groups: dict[str, list[str]] = {}
    for item in limited:
        if item.limits.group:
            groups.setdefault(fold(item.limits.group), []).append(item.code)
    said = [(item.code, "compulsory_read") for item in limited if item.limits.is_compulsory]
    said += [(" – ".join(codes), "apart_read") for codes in groups.values() if len(codes) > 1]
    said += [(codes[0], "apart_alone") for codes in groups.values() if len(codes) == 1]
    return gathered(said)


def made_code(number: int, text: str) -> str:
    """Return a code for a question that has none in its file: by its place there, and unlike those of other files."""
    return f"N-{number:03}-{sha256(fold(text).encode()).hexdigest()[:4]}"


def file_bytes(source: Source) -> bytes:
    """Return the content of a file that is not too large. Raises UnusableFile."""
    most = MOST_FILE_MB * 1_000_000
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with source.open("rb") as file:
                content = file.read(most + 1)
        except OSError:
            raise UnusableFile("file_missing", {"value": str(source)}) from None
    if len(content) > most:
        raise UnusableFile("file_large", {"most": MOST_FILE_MB})
    return content


class Placed(NamedTuple):
    """A question read from a file, with its place there, or with the way from its fields to theirs."""

    parsed: Parsed
    place: str | Callable[[str], str]

    def cell_of(self, field: str) -> str:
        """Return where a field stands in the file."""
        return self.place if isinstance(self.place, str) else self.place(field)


def checked(placed: Sequence[Placed]) -> list[Fault]:
    """Return what is wrong with the questions of a file, each alone and beside the others."""
    alone = [
        Fault(item.cell_of(problem.field), problem.code, problem.values, item.parsed.row)
        for item in placed
        for problem in problems_in(item.parsed.question)
    ]
    return [*alone, *_code_faults(placed), *_group_faults(placed), *_repeated_questions(placed)]


def _group_faults(placed: Iterable[Placed]) -> Iterator[Fault]:
    for item in placed:
        group = item.parsed.limits.group
        if len(group) > LONGEST_CODE:
            values = {"length": len(group), "most": LONGEST_CODE}
            yield Fault(item.cell_of("apart"), "too_long", values, item.parsed.row)
        elif has_control_characters(group):
            yield Fault(item.cell_of("apart"), "control_character", row=item.parsed.row)


def _code_faults(placed: Iterable[Placed]) -> Iterator[Fault]:
    first: dict[str, Placed] = {}
    for item in placed:
        code, row = item.parsed.code, item.parsed.row
        if not code:
            yield Fault(item.cell_of("code"), "code_missing", row=row)
        elif len(code) > LONGEST_CODE:
            yield Fault(item.cell_of("code"), "too_long", {"length": len(code), "most": LONGEST_CODE}, row)
        elif has_control_characters(code):
            yield Fault(item.cell_of("code"), "control_character", row=row)
        elif (other := first.setdefault(fold(code), item)) is not item:
            values = {"value": code, "other": other.cell_of("code")}
            yield Fault(item.cell_of("code"), "code_repeated", values, row)


def _repeated_questions(placed: Sequence[Placed]) -> Iterator[Fault]:
    texts = [fold(item.parsed.question.text) for item in placed]
    times = Counter(texts)
    first: dict[tuple[str, ...], Placed] = {}
    for item, text in zip(placed, texts, strict=True):
        if not text or times[text] == 1:
            continue
        # Texts such as "Which statement is right?" may stand twice, with other options or items.
        question = item.parsed.question
        answers = [*(option.text for option in question.options), *question.items]
        other = first.setdefault((text, *sorted(map(fold, answers))), item)
        if other is not item:
            values = {"other": other.cell_of("text")}
            yield Fault(item.cell_of("text"), "question_repeated", values, item.parsed.row)
