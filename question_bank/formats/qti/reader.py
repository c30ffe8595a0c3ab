"""Reading QTI packages, of versions 2.0 to 3.0."""

import binascii
import posixpath
from base64 import b64decode

from question_bank.formats.base import (
    LONGEST_CODE,
    MEDIUM_DIFFICULTY,
    MOST_QUESTIONS,
    UNKNOWN_SOURCE,
    UNSORTED,
    Fault,
    Import,
    MediaFound,
    Parsed,
    Placed,
    Source,
    UnusableFile,
    checked,
    file_bytes,
    gathered,
    made_code,
)
from question_bank.formats.html_lines import PICTURES_DROPPED
from question_bank.formats.qti.interactions import WrongItem
from question_bank.formats.qti.item import Found, found_in
from question_bank.formats.qti.package import ItemFile, Package, opened
from question_bank.formats.qti.xml import MOST_ELEMENTS, Child, Node, tree_of
from question_bank.kinds import kind_of
from question_bank.lint.letters import mixes_forms
from question_bank.question import Question
from question_bank.text import fold

_MEDIUM_MISSING = "medium_missing"
_BROKEN = "qti_broken"
_MOST_ITEM_MB = 5
"""Of one question; pictures may stand in its addresses."""

_MOST_ELEMENTS = 500_000
"""In all questions together; ours have forty each."""


def read_questions(source: Source) -> Import:
    """Read questions with all that their package says.

    Raises UnusableFile: file_missing, file_large, not_qti, qti_earlier, unpacks_large, media_large.
    """
    package = opened(file_bytes(source))
    if len(package.items) > MOST_QUESTIONS:
        return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    reader = _Reader(package)
    placed = [found for row, item in enumerate(package.items, start=1) if (found := reader.placed(row, item))]
    faults = reader.faults + checked(placed)
    if not placed and not faults:
        faults.append(Fault("", "no_questions"))
    guesses = gathered(reader.guesses) + ((Fault("", "qti_test"),) if package.has_test else ())
    questions = tuple(item.parsed for item in placed)
    return Import(questions, tuple(faults), package.title, package.as_of, guesses, reader.media.by_digest)


class _Reader:
    """Reads one item after the other and gathers what is wrong and what is guessed."""

    def __init__(self, package: Package) -> None:
        self.faults: list[Fault] = []
        self.guesses: list[tuple[str, str]] = []
        self.media = MediaFound()
        self._package = package
        self._codes: set[str] = set()
        self._told: set[str] = set()
        self._left = _MOST_ELEMENTS

    def placed(self, row: int, file: ItemFile) -> Placed | None:
        """Return the question of a file; None when it holds none, or one that can't be read."""
        self._told = set()
        try:
            item = self._tree(file.path)
            found = found_in(item, self._stimulus(item, file), lambda *medium: self._mark(file.path, *medium))
        except WrongItem as wrong:
            if wrong.code == "qti_passage":
                self.guesses.append((file.path, wrong.code))
            else:
                self.faults.append(Fault(file.path, wrong.code, wrong.values, row))
            return None
        question = _question(file, found)
        code = self._code(row, file, item, question)
        made = {
            "topic_made": not file.metadata.topic,
            "difficulty_made": not file.metadata.difficulty,
            "source_made": not file.metadata.source,
        }
        guesses = found.guesses - ({PICTURES_DROPPED} if _MEDIUM_MISSING in self._told else set())
        told = {*guesses, *self._told, *(name for name, is_made in made.items() if is_made)}
        self.guesses += [(file.path, name) for name in sorted(told)]
        return Placed(Parsed(code, row, question), lambda _field: file.path)

    def _tree(self, path: str) -> Node:
        """Return the tree of a part. Raises WrongItem: qti_missing, qti_broken."""
        content = self._package.content(path)
        if content is None:
            raise WrongItem("qti_missing")
        if len(content) > _MOST_ITEM_MB * 1_000_000:
            raise WrongItem(_BROKEN)
        try:
            tree = tree_of(content, _BROKEN, min(MOST_ELEMENTS, self._left))
        except UnusableFile:
            raise WrongItem(_BROKEN) from None
        self._left -= 1 + sum(1 for _ in tree.inside())
        if mixes_forms(tree.all_text()):
            self._told.add("letters_mixed")
        return tree

    def _stimulus(self, item: Node, file: ItemFile) -> list[Child]:
        """Return the texts of other files that the item is about. Raises WrongItem."""
        shown: list[Child] = []
        for reference in item.nodes("assessmentStimulusRef"):
            stimulus = self._tree(self._package.near(file.path, reference.get("href")))
            shown += [child for body in stimulus.inside("stimulusBody") for child in body.children]
        return shown

    def _mark(self, path: str, address: str, description: str) -> str | None:
        """Return the mark of the picture or sound at an address of the package."""
        content = _in_address(address)
        if content is None:
            content = self._package.content(self._package.near(path, address))
        if not content:
            self._told.add(_MEDIUM_MISSING)
            return None
        if not description.strip():
            self._told.add("medium_named")
        return self.media.mark(content, description.strip() or posixpath.basename(address)[:50])

    def _code(self, row: int, file: ItemFile, item: Node, question: Question) -> str:
        for code in (file.metadata.code, item.get("label"), item.get("identifier")):
            if code and len(code) <= LONGEST_CODE and fold(code) not in self._codes:
                self._codes.add(fold(code))
                return code
        self._told.add("code_made")
        return made_code(row, question.text)


def _question(file: ItemFile, found: Found) -> Question:
    asked, metadata = found.asked, file.metadata
    question = Question(
        asked.kind,
        found.text,
        asked.options,
        asked.key,
        metadata.topic or UNSORTED,
        metadata.difficulty or MEDIUM_DIFFICULTY,
        found.explanation,
        metadata.source or UNKNOWN_SOURCE,
        found.points,
        asked.is_locked,
        metadata.tags,
        asked.items,
    )
    return kind_of(asked.kind).with_settings(question, asked.settings)


def _in_address(address: str) -> bytes | None:
    """Return the content that stands in an address itself (`data:image/png;base64,…`); None when none does."""
    head, comma, body = address.partition(",")
    if not (comma and head.startswith("data:") and head.endswith(";base64")):
        return None
    try:
        return b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
