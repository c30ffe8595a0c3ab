"""Reading GIFT files."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

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
from question_bank.formats.gift.answers import Answers, WrongAnswers, answers_of, shown, style_of
from question_bank.formats.gift.syntax import LONGEST, Block, Item, WrongBraces, blocks, item_of
from question_bank.kinds import kind_of
from question_bank.kinds.options import MAX_OPTIONS
from question_bank.question import Question
from question_bank.text import fold

_BLANK = "_____"
_OPTIONS = frozenset({"single", "multiple"})


def read_questions(source: Source) -> Import:
    """Read questions with all that their format says. Raises UnusableFile: file_missing, file_large, not_text."""
    text = decoded(file_bytes(source))
    reader = _Reader()
    found = list(islice(blocks(text.text), MOST_QUESTIONS + 1))
    if len(found) > MOST_QUESTIONS:
        return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    placed = [item for block in found for item in reader.placed(block)]
    faults = reader.faults + checked(placed)
    if not placed and not faults:
        faults.append(Fault("", "no_questions"))
    guesses = text.guesses + gathered(reader.guesses)
    return Import(tuple(item.parsed for item in placed), tuple(faults), guesses=guesses)


class _Reader:
    """Reads one block after the other and gathers what is wrong and what is guessed."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.guesses: list[tuple[str, str]] = []
        self._codes: set[str] = set()
        self._count = 0

    def placed(self, block: Block) -> Iterator[Placed]:
        """Yield the question of a block, unless it holds none or a wrong one."""
        place = f"dòng {block.line}"
        if block.is_long:
            self.faults.append(Fault(place, "block_long", {"most": LONGEST}, block.line))
            return
        try:
            item = item_of(block.text)
            if item.answers is None:
                self.guesses.append((place, "not_question"))
                return
            style, _ = style_of(item.before)
            answers = answers_of(item.answers, style, is_inside=bool(item.after.strip()))
        except WrongBraces:
            self.faults.append(Fault(place, "gift_braces", row=block.line))
            return
        except WrongAnswers as wrong:
            self.faults.append(Fault(place, wrong.code, wrong.values, block.line))
            return
        self._count += 1
        if answers.kind in _OPTIONS and len(answers.rows) > MAX_OPTIONS:
            self.faults.append(Fault(place, "options_many", {"most": MAX_OPTIONS}, block.line))
            return
        question = self._question(place, block, item, answers)
        if "<img" in item.answers:
            self.guesses.append((place, "pictures_dropped"))
        yield Placed(Parsed(self._code(place, block, item, question), block.line, question), lambda _field: place)

    def _question(self, place: str, block: Block, item: Item, answers: Answers) -> Question:
        style, before = style_of(item.before)
        gap = "" if not item.after.strip() else "[[1]]" if answers.gaps else _BLANK
        text, lost = shown(f"{before}{gap}{item.after}", style or "moodle")
        general = shown(item.feedback, style).text
        guesses = list(answers.guesses) + sorted(lost)
        if answers.remarks:
            guesses.append("feedback_joined")
        if not block.category:
            guesses.append("topic_made")
        self.guesses += [(place, code) for code in (*guesses, "difficulty_made", "source_made")]
        question = Question(
            answers.kind,
            text,
            (),
            None,
            block.category or UNSORTED,
            MEDIUM_DIFFICULTY,
            "\n".join(each for each in (general, *answers.remarks) if each),
            UNKNOWN_SOURCE,
            tags=tuple(tag.replace(",", " ") for tag in block.tags),
        )
        kind = kind_of(answers.kind)
        question = kind.with_settings(question, answers.settings)
        return replace(question, key=answers.gaps) if answers.gaps else kind.with_rows(question, answers.rows)

    def _code(self, place: str, block: Block, item: Item, question: Question) -> str:
        for code in (block.code, item.title):
            if code and len(code) <= LONGEST_CODE and "\n" not in code and fold(code) not in self._codes:
                self._codes.add(fold(code))
                return code
        self.guesses.append((place, "code_made"))
        return made_code(self._count, question.text)
