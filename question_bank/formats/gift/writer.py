"""Writing GIFT files, so that Moodle reads them and we read them back."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import BinaryIO

from question_bank.formats.base import UNKNOWN_SOURCE, Bank
from question_bank.formats.gift.answers import style_of
from question_bank.formats.gift.syntax import category_line, escaped, notes_line, source_line
from question_bank.formats.weighted import WEIGHT
from question_bank.kinds import kind_of
from question_bank.kinds.gap_fill import gaps_of
from question_bank.kinds.multiple_choice import ALL, PENALTY
from question_bank.markup import media_in, plain
from question_bank.numerals import decimal_text, numbers_in
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean

_FULL = 100
_GAP = "[[1]]"


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write the questions that GIFT can hold, each topic as a category."""
    topic = ""
    for code, question in bank.entries:
        if _unheld(question):
            continue
        lines = []
        if clean(question.topic) != topic:
            topic = clean(question.topic)
            lines += [category_line(topic), ""]
        if clean(question.source) not in {"", UNKNOWN_SOURCE}:
            lines.append(source_line(clean(question.source)))
        if question.tags:
            lines.append(notes_line(tuple(clean(tag) for tag in question.tags)))
        lines.append(_written(code, question))
        stream.write(("\n".join(lines) + "\n\n").encode())


def losses(question: Question) -> tuple[str, ...]:
    """Return what of a question GIFT can't hold, by code."""
    whole = _unheld(question)
    if whole:
        return (whole,)
    kept = {
        "lost_difficulty": False,
        "lost_points": question.points == FULL_POINTS,
        "lost_order": not question.lock_order,
        "lost_settings": not question.settings or _holds_settings(question),
        "lost_media": not any(map(media_in, _texts(question))),
        "lost_tags": not any("]" in tag for tag in question.tags),
    }
    return tuple(code for code, is_kept in kept.items() if not is_kept)


def _unheld(question: Question) -> str:
    """Return why a question can't stand in the file, empty when it can."""
    if question.kind not in _BODIES:
        return "lost_kind"
    if question.kind == "gap_fill" and not _has_one_gap(question):
        return "lost_kind"
    texts = [text for row in _rows(question) for text in row]
    if any(WEIGHT.match(text) or style_of(text)[0] for text in (*texts, question.explanation)):
        return "lost_form"
    is_typed = question.kind in {"short_text", "matching"} or (question.kind == "gap_fill" and not _wrong(question))
    # An arrow makes a pair of anything, and a star with a backslash is a star.
    return "lost_form" if is_typed and any("->" in text or "\\*" in text for text in texts) else ""


def _has_one_gap(question: Question) -> bool:
    """Say whether there is one gap, with text after it: answers at the end of a text make another kind."""
    return len(gaps_of(question)) == 1 and bool(clean(question.text).partition(_GAP)[2].strip())


def _wrong(question: Question) -> tuple[str, ...]:
    return tuple(text for gap in gaps_of(question) for text in gap.wrong)


def _rows(question: Question) -> list[tuple[str, ...]]:
    if question.kind == "gap_fill":
        return [each for gap in gaps_of(question) for each in gap]
    return list(kind_of(question.kind).rows(question))


def _holds_settings(question: Question) -> bool:
    """Say whether all is kept: the scoring of several options by weights, a tolerance that isn't one of percent."""
    decided = dict(question.settings)
    if question.kind == "number":
        return "unit" not in decided and not str(decided.get("tolerance", "")).strip().endswith("%")
    return question.kind == "multiple"


def _texts(question: Question) -> Iterator[str]:
    yield question.text
    yield question.explanation
    yield from (option.text for option in question.options)
    yield from question.items


def _written(code: str, question: Question) -> str:
    texts = [clean(text) for text in _texts(question)]
    style = "plain" if all(plain(text) == text for text in texts) else "markdown"
    body = _BODIES[question.kind](question)
    if question.explanation:
        body = [*body, f"####{escaped(clean(question.explanation))}"]
    answers = "{" + "".join(f"\n\t{line}" for line in body) + ("\n" if body else "") + "}"
    text = escaped(clean(question.text))
    stem = text.replace(_GAP, answers, 1) if question.kind == "gap_fill" else text + answers
    return f"::{escaped(' '.join(clean(code).split()))}::[{style}]{stem}"


def _single(question: Question) -> list[str]:
    return [f"{'=' if mark else '~'}{escaped(text)}" for mark, text in kind_of("single").rows(question)]


def _multiple(question: Question) -> list[str]:
    right, wrong = weights(question)
    lost = f"%{wrong}%" if wrong != "0" else ""
    return [f"~{f'%{right}%' if mark else lost}{escaped(text)}" for mark, text in kind_of("multiple").rows(question)]


def weights(question: Question) -> tuple[str, str]:
    """Return what each right and each wrong option of several adds, in percent of the points."""
    count = sum(bool(mark) for mark, _ in kind_of("multiple").rows(question))
    scoring = kind_of("multiple").setting(question, "scoring")
    part = f"{_FULL / count:.5f}".rstrip("0").rstrip(".")
    return part, f"-{_FULL}" if scoring == ALL else f"-{part}" if scoring == PENALTY else "0"


def _true_false(question: Question) -> list[str]:
    return ["TRUE" if question.key else "FALSE"]


def _short_text(question: Question) -> list[str]:
    return [f"={_answer(text)}" for (text,) in kind_of("short_text").rows(question)]


def _gap_fill(question: Question) -> list[str]:
    ((accepted, wrong),) = gaps_of(question)
    sign = escaped if wrong else _answer
    return [*(f"={sign(text)}" for text in accepted), *(f"~{escaped(text)}" for text in wrong)]


def _answer(text: str) -> str:
    # A star alone would stand for any text.
    return escaped(text.replace("*", "\\*"))


def _matching(question: Question) -> list[str]:
    return [f"={escaped(left)} -> {escaped(right)}" for left, right in kind_of("matching").rows(question)]


def _numeric(question: Question) -> list[str]:
    return [f"#{_number(question)}"]


def _number(question: Question) -> str:
    number, tolerance = number_and_tolerance(question)
    text = decimal_text(number, ".")
    return f"{text}:{decimal_text(tolerance, '.')}" if tolerance else text


def number_and_tolerance(question: Question) -> tuple[Fraction, Fraction]:
    """Return the number and what it may be off, absolutely: products of decimals, and so with an end."""
    written = str(kind_of("number").setting(question, "tolerance")).strip()
    number, size = _fraction(str(question.key)), _fraction(written.rstrip("% ") or "0")
    return number, abs(number) * size / _FULL if written.endswith("%") else size


def _fraction(text: str) -> Fraction:
    # What its author typed is read with the comma for decimals.
    return next(iter(numbers_in(text)), Fraction(0))


_BODIES: dict[str, Callable[[Question], list[str]]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "short_text": _short_text,
    "gap_fill": _gap_fill,
    "matching": _matching,
    "number": _numeric,
    "essay": lambda _question: [],
}
