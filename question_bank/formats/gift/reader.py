"""Reading GIFT files."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from question_bank.formats.base import (
    LONGEST_CODE,
    MEDIUM_DIFFICULTY,
    MOST_QUESTIONS,
    UNKNOWN_SOURCE,
    UNSORTED,
    Fault,
    Import,
    Parsed,
    Placed,
    Source,
    checked,
    file_bytes,
    gathered,
    made_code,
)
from question_bank.formats.decoding import decoded
from question_bank.formats.gift.answers import Style, answers_of, style_of
from question_bank.formats.gift.media import Media, opened
from question_bank.formats.gift.syntax import LONGEST, Block, Item, WrongBraces, blocks, item_of
from question_bank.formats.weighted import Answers, WrongAnswers
from question_bank.kinds import kind_of
from question_bank.question import Question
from question_bank.text import fold

_BLANK = "_____"
_AT_ONCE = 100
"""Blocks: a processor takes one step for many faster than all steps for each, and so many fit into its cache."""


def read_questions(source: Source) -> Import:
    """Read questions with all that their format says, out of a zip with the media that they show.

    Raises UnusableFile: file_missing, file_large, not_text, gift_zip, unpacks_large, media_large, tags_many.
    """
    content, files = opened(file_bytes(source))
    text, media = decoded(content), Media(files)
    reader, placed, count = _Reader(media), list[Placed](), 0
    found = blocks(media.without_data(text.text))
    while batch := list(islice(found, _AT_ONCE)):
        count += len(batch)
        if count > MOST_QUESTIONS:
            return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
        placed += reader.placed(batch)
    faults = reader.faults + checked(placed)
    if not placed and not faults:
        faults.append(Fault("", "no_questions"))
    guesses = text.guesses + gathered((place, code) for code, places in reader.guesses.items() for place in places)
    return Import(tuple([item.parsed for item in placed]), tuple(faults), guesses=guesses, media=media.by_digest)


class _Draft(NamedTuple):
    """What a block says of a question."""

    block: Block
    place: str
    title: str
    text: str
    general: str
    answers: Answers


class _Reader:
    """Reads blocks and gathers what is wrong and, by code, the places where something is guessed."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._style = cache(lambda name, as_seen: Style(name, as_seen, media.text_of_html))
        self.faults: list[Fault] = []
        self.guesses: dict[str, list[str]] = {}
        self._codes: set[str] = set()
        self._count = 0

    def placed(self, batch: Iterable[Block]) -> list[Placed]:
        """Return the questions of the blocks that hold a right one, each step taken for all before the next."""
        drafts = list(self._drafts(list(self._items(batch))))
        questions = [_question(draft) for draft in drafts]
        return [
            Placed(Parsed(self._code(draft, question), draft.block.line, question), draft.place)
            for draft, question in zip(drafts, questions, strict=True)
        ]

    def _items(self, found: Iterable[Block]) -> Iterator[tuple[Block, str, Item, str]]:
        """Yield each block that has answers with its place, its parts and these answers."""
        for block in found:
            place = f"dòng {block.line}"
            if block.is_long:
                self.faults.append(Fault(place, "block_long", {"most": LONGEST}, block.line))
                continue
            try:
                item = item_of(block.text)
            except WrongBraces:
                self.faults.append(Fault(place, "gift_braces", row=block.line))
                continue
            if item.answers is None:
                self._guess(place, ["not_question"])
            else:
                yield block, place, item, item.answers

    def _drafts(self, items: Iterable[tuple[Block, str, Item, str]]) -> Iterator[_Draft]:
        """Yield what can be read."""
        for block, place, item, body in items:
            name, before = style_of(item.before)
            style = self._style(name, item.as_seen and name != "html")
            is_inside = bool(item.after.strip())
            try:
                answers = answers_of(body, style, is_inside=is_inside)
            except WrongAnswers as wrong:
                self.faults.append(Fault(place, wrong.code, wrong.values, block.line))
                self._media.taken_guesses()
                continue
            gap = "" if not is_inside else "[[1]]" if answers.gaps else _BLANK
            text = style.said(f"{before}{gap}{item.after}")
            general = style.said(item.feedback) if item.feedback else ""
            if not item.as_seen:  # nothing with tags can be seen as it stands
                answers.guesses += self._media.taken_guesses()
            yield _Draft(block, place, item.title, text, general, answers)

    def _guess(self, place: str, codes: Iterable[str]) -> None:
        for code in codes:
            self.guesses.setdefault(code, []).append(place)

    def _code(self, draft: _Draft, question: Question) -> str:
        self._count += 1
        self._guess(draft.place, draft.answers.guesses)
        for code in (draft.block.code, draft.title):
            if code and len(code) <= LONGEST_CODE and "\n" not in code and (folded := fold(code)) not in self._codes:
                self._codes.add(folded)
                return code
        self._guess(draft.place, ["code_made"])
        return made_code(self._count, question.text)


def _question(draft: _Draft) -> Question:
    block, _place, _title, text, general, answers = draft
    guesses = answers.guesses
    if answers.remarks:
        guesses.append("feedback_joined")
    if not block.category:
        guesses.append("topic_made")
    guesses += ("difficulty_made",) if block.source else ("difficulty_made", "source_made")
    kind = kind_of(answers.kind)
    options, key, items = kind.from_rows(answers.rows)
    return Question(
        answers.kind,
        text,
        options,
        answers.gaps or key,
        block.category or UNSORTED,
        MEDIUM_DIFFICULTY,
        "\n".join([general, *answers.remarks] if general else answers.remarks),
        block.source or UNKNOWN_SOURCE,
        tags=block.tags,
        items=items,
        settings=kind.decided(answers.settings),
    )
