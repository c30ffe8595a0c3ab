"""What Moodle's XML can't hold of a question."""

import re
from collections.abc import Iterator

from question_bank.formats.html_lines import literal
from question_bank.formats.html_text import is_html
from question_bank.formats.moodle.cloze import parted
from question_bank.formats.moodle.html import words_of_line, written
from question_bank.formats.moodle.notes import one_line, with_source
from question_bank.kinds import kind_of
from question_bank.kinds.gap_fill import gaps_of
from question_bank.kinds.parts import PARTS
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean

GAP = re.compile(r"\[\[([0-9]{1,2})\]\]")
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "short_text": "shortanswer",
    "number": "numerical",
    "essay": "essay",
    "matching": "matching",
    "ordering": "ordering",
}
_LOCKABLE = frozenset({"single", "multiple"})
_FOLDING = frozenset({"tone_place", "unmarked"})


def losses(question: Question) -> tuple[str, ...]:
    """Return what of a question Moodle's XML can't hold, by code."""
    whole = unheld(question)
    if whole:
        return (whole,)
    kept = {
        "lost_points": not is_cloze(question) or _points_of_gaps(question) == question.points,
        "lost_order": not question.lock_order or question.kind in _LOCKABLE,
        "lost_settings": _holds_settings(question),
        "lost_lines": one_line(question.source) == clean(question.source),
        "lost_marks": all(_kept_texts(question)),
    }
    return tuple(code for code, is_kept in kept.items() if not is_kept)


def unheld(question: Question) -> str:
    """Return why a question can't stand in the file, empty when it can."""
    if question.kind == "short_text":
        return "lost_form" if any("\\*" in text for (text,) in kind_of("short_text").rows(question)) else ""
    if question.kind != "gap_fill":
        return "" if question.kind in TYPES else "lost_kind"
    gaps, drawn = gaps_of(question), written(question.text).content
    is_star_lost = any("\\*" in text for gap in gaps if not gap.wrong for text in gap.accepted)
    is_gap_hidden = len(GAP.findall(drawn)) != len(gaps)  # as inside code
    is_gap_added = is_cloze(question) and _cloze_gaps(drawn) > 0
    return "lost_form" if is_star_lost or is_gap_hidden or is_gap_added else ""


def _cloze_gaps(drawn: str) -> int:
    """Return how many gaps Moodle would see in a text that has none of its own."""
    found = parted(drawn, lambda text: (text, "0"))
    return len(found.answers.gaps) if found else 1


def is_cloze(question: Question) -> bool:
    """Say whether gaps are written into the text: where people type, and where several choices are right."""
    gaps = gaps_of(question)
    choices = [text for gap in gaps for texts in gap for text in texts]
    is_select = all(gap.wrong and len(gap.accepted) == 1 for gap in gaps)
    return question.kind == "gap_fill" and (not is_select or any(map(is_html, choices)))


def weight_of_gaps(question: Question) -> int:
    """Return the weight of each gap: a whole number in Moodle."""
    return max(question.points // (FULL_POINTS * len(gaps_of(question))), 1)


def _points_of_gaps(question: Question) -> int:
    return weight_of_gaps(question) * len(gaps_of(question)) * FULL_POINTS


def _holds_settings(question: Question) -> bool:
    """Say whether all is kept; Moodle has no all-or-nothing for matching and gaps, and no tones."""
    decided = dict(question.settings)
    if question.kind == "number":
        return not str(decided.get("tolerance", "")).strip().endswith("%")
    if question.kind in {"matching", "gap_fill"} and decided.get("scoring") != PARTS:
        return False
    return not any(decided.get(code) for code in _FOLDING)


def _kept_texts(question: Question) -> Iterator[bool]:
    yield written(question.text).is_kept
    yield written(with_source(clean(question.explanation), question.source)).is_kept
    if question.kind == "matching":
        yield from (written(item, is_line=True).is_kept for item in question.items)
        yield from (literal(words_of_line(option.text)) == clean(option.text) for option in question.options)
    else:
        yield from (written(option.text, is_line=True).is_kept for option in question.options)
