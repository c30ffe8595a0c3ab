r"""Moodle's embedded answers: gaps written into a text as {1:SHORTANSWER:=Hà Nội~%50%Thăng Long#remark}.

https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from question_bank.formats.html_text import is_html, text_of_html
from question_bank.formats.weighted import WEIGHT, Answer, Answers, typed
from question_bank.kinds.gap_fill import Gap
from question_bank.markup import plain

_TYPED = ("SHORTANSWER", "SA", "MW")
_CASED = ("SHORTANSWER_C", "SAC", "MWC")
_CHOSEN = (
    *("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"),
    *("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"),
)
_NUMBERS = ("NUMERICAL", "NM")
_SEVERAL = ("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS")
_GAP = re.compile(
    rf"\{{([0-9]{{0,3}}):({'|'.join((*_CASED, *_TYPED, *_CHOSEN, *_NUMBERS, *_SEVERAL))}):([^}}]*+)\}}", re.IGNORECASE
)
_LIKE_GAP = re.compile(r"\{[0-9]{0,3}:[A-Z_]{2,30}:[^{}]*+\}", re.IGNORECASE)
"""The gaps of plug-ins, too, which would show their answers."""

# Escaped signs stand as noncharacters, of which texts have none, until everything is parted.
_SIGNS = '}#~/"\\'
_ESCAPED = re.compile(rf"\\([{re.escape(_SIGNS)}])")
_MASK = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_UNMASK = {ord(mask): sign for sign, mask in _MASK.items()}
_AS_WRITTEN = {ord(mask): f"\\{sign}" for sign, mask in _MASK.items()}
_STRAY = re.compile("[\ufdd0-\ufdef]")
_FEEDBACK = re.compile("(?<!&)#")
_FULL = 100
_ENTITIES = {sign: f"&#{ord(sign)};" for sign in "\\~=#{}%&<>\"'/"}


class Cloze(NamedTuple):
    """A text with [[1]], [[2]], … in place of its gaps, what they accept, and the sum of their weights."""

    text: str
    answers: Answers
    weight: int


def parted(text: str, read_number: Callable[[str], tuple[str, str]]) -> Cloze | None:
    """Return the gaps of a text; None where one of them is of a sort that we have not."""
    made, weights = Answers("gap_fill"), []
    gaps: list[Gap] = []
    cases: set[bool] = set()
    masked = _ESCAPED.sub(lambda found: _MASK[found[1]], _STRAY.sub("\ufffd", text))
    for weight, sort, body in _GAP.findall(masked):
        name = sort.upper()
        if name in _SEVERAL:
            return None
        found = _answers(body)
        weights.append(int(weight or 1))
        gaps.append(_gap(name, found, made, read_number))
        made.remarks += [f"{each.text}: {each.feedback}" for each in found if each.feedback]
        cases |= {name in _CASED} if name in _TYPED + _CASED else set()
    made.gaps = tuple(gaps)
    if True in cases:
        made.settings["case"] = True
        made.guesses += ["case_mixed"] if False in cases else []
    numbers = iter(range(1, len(gaps) + 1))
    numbered = _GAP.sub(lambda _gap: f"[[{next(numbers)}]]", masked)
    if _LIKE_GAP.search(numbered):
        return None
    return Cloze(numbered.translate(_AS_WRITTEN), made, sum(weights))


def written(gap: Gap, weight: int, *, is_cased: bool) -> str:
    """Return a gap as it stands in the HTML of a text."""
    sort = "MULTICHOICE" if gap.wrong else "SHORTANSWER_C" if is_cased else "SHORTANSWER"
    star = "*" if gap.wrong else "\\*"  # one alone would stand for any text
    accepted = [f"={_escaped(text.replace('*', star))}" for text in gap.accepted]
    return f"{{{weight}:{sort}:{'~'.join([*accepted, *map(_escaped, gap.wrong)])}}}"


def _escaped(text: str) -> str:
    # Entities are read by every version of Moodle; what a backslash escapes changed.
    return "".join(_ENTITIES.get(sign, sign) for sign in text)


def _gap(name: str, found: Sequence[Answer], made: Answers, read_number: Callable[[str], tuple[str, str]]) -> Gap:
    if name in _CHOSEN:
        made.guesses += ["weights_changed"] if any(each.weight not in {None, 0, _FULL} for each in found) else []
        accepted = tuple(each.text for each in found if (each.weight or 0) >= _FULL)
        return Gap(accepted, tuple(each.text for each in found if (each.weight or 0) < _FULL))
    right = [each for each in found if (each.weight or 0) > 0]
    if name in _NUMBERS:
        read = [read_number(each.text) for each in right]
        made.guesses += ["tolerance_dropped"] if any(tolerance != "0" for _number, tolerance in read) else []
        return Gap(tuple(dict.fromkeys(number for number, _tolerance in read)), ())
    one = typed(right)
    made.guesses += one.guesses
    return Gap(tuple(text for (text,) in one.rows), ())


def _answers(body: str) -> list[Answer]:
    found = []
    for piece in body.split("~"):
        text, *remark = _FEEDBACK.split(piece.strip(), maxsplit=1)
        weight = WEIGHT.match(text)
        part = Decimal(weight[1].replace(",", ".")) if weight else Decimal(_FULL if text.startswith("=") else 0)
        words = text[weight.end() :] if weight else text.removeprefix("=")
        if words.strip():
            found.append(Answer(True, part, _said(words), _said(remark[0]) if remark else ""))
    return found


def _said(text: str) -> str:
    whole = text.translate(_UNMASK).strip()
    return plain(text_of_html(whole).text) if is_html(whole) else unescape(whole)
