"""Reading GIFT files."""

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
from question_bank.formats.gift.answers import Answers, Style, WrongAnswers, answers_of, style_of
from question_bank.formats.gift.media import Media, opened
from question_bank.formats.gift.syntax import LONGEST, Block, Item, WrongBraces, blocks, item_of
from question_bank.kinds import kind_of
from question_bank.kinds.options import MAX_OPTIONS
from question_bank.question import Question
from question_bank.text import fold

_BLANK = "_____"
_OPTIONS = frozenset({"single", "multiple"})


def read_questions(source: Source) -> Import:
    """Read questions with all that their format says, out of a zip with the media that they show.

    Raises UnusableFile: file_missing, file_large, not_text, gift_zip, unpacks_large, media_large.
    """
    content, files = opened(file_bytes(source))
    text, media = decoded(content), Media(files)
    reader = _Reader(media)
    found = list(islice(blocks(media.without_data(text.text)), MOST_QUESTIONS + 1))
    if len(found) > MOST_QUESTIONS:
        return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    placed = [item for item in map(reader.placed, found) if item]
    faults = reader.faults + checked(placed)
    if not placed and not faults:
        faults.append(Fault("", "no_questions"))
    guesses = text.guesses + gathered((place, code) for place, codes in reader.guesses for code in codes)
    return Import(tuple(item.parsed for item in placed), tuple(faults), guesses=guesses, media=media.by_digest)


class _Reader:
    """Reads one block after the other and gathers what is wrong and what is guessed."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self.faults: list[Fault] = []
        self.guesses: list[tuple[str, list[str]]] = []
        self._codes: set[str] = set()
        self._count = 0

    def placed(self, block: Block) -> Placed | None:
        """Return the question of a block, unless it holds none or a wrong one."""
        place = f"dòng {block.line}"
        try:
            parsed = self._parsed(block, place)
        except WrongBraces:
            self.faults.append(Fault(place, "gift_braces", row=block.line))
        except WrongAnswers as wrong:
            self._media.taken_guesses()
            self.faults.append(Fault(place, wrong.code, wrong.values, block.line))
        else:
            return Placed(parsed, place) if parsed else None
        return None

    def _parsed(self, block: Block, place: str) -> Parsed | None:
        """Return the question of a block. Raises WrongBraces, WrongAnswers."""
        if block.is_long:
            raise WrongAnswers("block_long", {"most": LONGEST})
        item = item_of(block.text)
        if item.answers is None:
            self.guesses.append((place, ["not_question"]))
            return None
        name, before = style_of(item.before)
        style = Style(name, item.as_seen and name != "html", self._media.mark)
        answers = answers_of(item.answers, style, is_inside=bool(item.after.strip()))
        self._count += 1
        if answers.kind in _OPTIONS and len(answers.rows) > MAX_OPTIONS:
            raise WrongAnswers("options_many", {"most": MAX_OPTIONS})
        gap = "" if not item.after.strip() else "[[1]]" if answers.gaps else _BLANK
        text, lost = style.shown(f"{before}{gap}{item.after}")
        guesses = answers.guesses + sorted(lost)
        question = _question(block, text, style.said(item.feedback), answers, guesses)
        if not item.as_seen:  # nothing with tags can be seen as it stands
            guesses += self._media.taken_guesses()
        code = self._code(block, item, question, guesses)
        self.guesses.append((place, guesses))
        return Parsed(code, block.line, question)

    def _code(self, block: Block, item: Item, question: Question, guesses: list[str]) -> str:
        for code in (block.code, item.title):
            if code and len(code) <= LONGEST_CODE and "\n" not in code and (folded := fold(code)) not in self._codes:
                self._codes.add(folded)
                return code
        guesses.append("code_made")
        return made_code(self._count, question.text)


def _question(block: Block, text: str, general: str, answers: Answers, guesses: list[str]) -> Question:
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
