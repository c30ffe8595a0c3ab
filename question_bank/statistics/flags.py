"""Which questions a committee should look at again, and why."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from question_bank.controls import TYPED, Choice, Control, Widget
from question_bank.kinds import kind_of
from question_bank.paper import controls_shown
from question_bank.question import Question
from question_bank.statistics.figures import ItemFigures, PartFigures
from question_bank.words import Locale, Words, said

LEAST_ATTEMPTS = 30
"""For any flag: with fewer, a discrimination of 0 is ±18 % and more by chance alone (1/√(S-1))."""

LEAST_BEST = 10
"""In the best group, before its choice says anything about the key. Our own choice."""

EASY, HARD = 95.0, 5.0
"""Facility: from 95 % "extremely easy", up to 5 % "extremely difficult or something wrong with the question" (Moodle,
Quiz statistics report)."""

LOW_EFFICIENCY = 15.0
"""Moodle's quiz report marks questions with a discriminative efficiency below 15 % as dubious."""

EVERYBODY = 100.0

LEFT_OPEN = 10.0
"""Percent without an answer, from which the question or the time is worth a look. Our own choice."""

_SENTENCES = {
    "few_attempts": (
        "Mới có {attempts} lượt thi gặp câu này (cần ít nhất {least}): chưa đủ để kết luận.",
        "Only {attempts} attempts met this question (at least {least} are needed): too few to judge.",
    ),
    "other_chosen": (
        "Nhóm khá nhất chọn {chosen} ({more} lượt) nhiều hơn đáp án {key} ({fewer} lượt): kiểm tra đáp án.",
        "The best group chose {chosen} ({more}) more often than the right answer {key} ({fewer}): check the key.",
    ),
    "other_chosen_in_part": (
        "Phần {part}: nhóm khá nhất chọn {chosen} ({more} lượt) hơn đáp án {key} ({fewer} lượt): kiểm tra đáp án.",
        "Part {part}: the best group chose {chosen} ({more}) rather than the key {key} ({fewer}): check the key.",
    ),
    "negative": (
        "Độ phân biệt âm ({value} %): người đạt điểm cao lại sai câu này nhiều hơn. Kiểm tra đáp án và cách diễn đạt.",
        "The discrimination is negative ({value} %): good totals went with wrong answers. Check key and wording.",
    ),
    "below_guess": (
        "Độ khó thực tế {facility} % thấp hơn mức đoán mò {guess} %: câu hỏi đánh lừa người thi, hoặc đáp án sai.",
        "The facility of {facility} % is below what guessing earns, {guess} %: it misleads, or its key is wrong.",
    ),
    "too_hard": (
        "Hầu như không ai làm đúng (độ khó thực tế {facility} %): kiểm tra đáp án, hoặc câu quá khó.",
        "Hardly anybody got it right (facility {facility} %): check the key, or it is too hard.",
    ),
    "too_easy": (
        "Hầu như ai cũng làm đúng (độ khó thực tế {facility} %): câu không giúp phân loại.",
        "Nearly everybody got it right (facility {facility} %): it tells nobody apart.",
    ),
    "low": (
        "Ít phân biệt người khá với người yếu (hiệu suất phân biệt {value} %, nên từ {least} %).",
        "It hardly tells good from weak (discriminative efficiency {value} %, better {least} % or more).",
    ),
    "never_chosen": (
        "Không ai chọn phương án {options}: phương án gây nhiễu không có tác dụng.",
        "Nobody chose {options}: it does not work as a distractor.",
    ),
    "never_answered": (
        "Không ai trả lời câu này: câu khó hiểu, hoặc không ai kịp làm đến.",
        "Nobody answered this question: it is hard to understand, or nobody came so far in time.",
    ),
    "left_open": (
        "{share} % số lượt bỏ trống câu này: câu khó hiểu, quá dài, hoặc thiếu thời gian.",
        "{share} % left it open: it is hard to understand, too long, or time ran out.",
    ),
}

GRAVE = frozenset({"other_chosen", "other_chosen_in_part", "negative", "below_guess", "too_hard"})
"""Reasons to doubt the key."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason to look at a question again, with the values its sentence needs; those with a fraction are percent."""

    code: str
    values: Mapping[str, float | str | Words] = dataclasses.field(default_factory=dict)

    @property
    def is_grave(self) -> bool:
        """Whether the key may be wrong."""
        return self.code in GRAVE

    def sentence(self, locale: Locale = "vi") -> str:
        """Return the reason in words, decimals with a comma in Vietnamese."""
        vietnamese, english = _SENTENCES[self.code]
        values = {name: _in_words(value, locale) for name, value in self.values.items()}
        return (vietnamese if locale == "vi" else english).format_map(values)


def too_few(figures: ItemFigures) -> Flag | None:
    """Return that nothing can be said yet; None when enough attempts met the question."""
    if figures.attempts >= LEAST_ATTEMPTS:
        return None
    return Flag("few_attempts", {"attempts": figures.attempts, "least": LEAST_ATTEMPTS})


def flags_of(question: Question, figures: ItemFigures) -> tuple[Flag, ...]:
    """Return why this question should be looked at again, doubts about its key first; none while attempts are few."""
    if figures.attempts < LEAST_ATTEMPTS:
        return ()
    if figures.unanswered == EVERYBODY:
        return (Flag("never_answered"),)
    found = [*_key_flags(question, figures), *_figure_flags(figures)]
    if "too_easy" not in {flag.code for flag in found}:
        found += _unused_flags(question, figures)
    if figures.unanswered >= LEFT_OPEN:
        found.append(Flag("left_open", {"share": figures.unanswered}))
    return tuple(sorted(found, key=lambda flag: not flag.is_grave))


def _key_flags(question: Question, figures: ItemFigures) -> Iterator[Flag]:
    """Say where the best chose something wrong more often than something right."""
    shown = _choice_parts(question, figures)
    for number, control, part in shown:
        rights, wrongs = ([row for row in part.rows if row.is_right is side] for side in (True, False))
        if not rights or not wrongs or sum(row.best for row in part.rows) < LEAST_BEST:
            continue
        # Of boxes each right one has to be ticked; of choices one is enough where a correction accepts several.
        least = (min if control.widget is Widget.CHECKBOX else max)(rights, key=lambda row: row.best)
        most = max(wrongs, key=lambda row: row.best)
        if most.best > least.best:
            values: dict[str, float | str | Words] = {
                "chosen": _name(control, most.value),
                "more": most.best,
                "key": _name(control, least.value),
                "fewer": least.best,
            }
            is_alone = len(figures.parts) == 1
            yield Flag("other_chosen", values) if is_alone else Flag("other_chosen_in_part", values | {"part": number})


def _figure_flags(figures: ItemFigures) -> Iterator[Flag]:
    facility, discrimination = figures.facility, figures.discrimination
    chance = figures.guess / 100
    answered = 1 - figures.unanswered / 100  # who answers nothing doesn't guess
    error = 100 * sqrt(chance * (1 - chance) / (answered * figures.attempts))
    is_middling = HARD < facility < EASY
    if discrimination is not None and discrimination < 0 and is_middling:
        yield Flag("negative", {"value": discrimination})
    if facility / answered < figures.guess - 2 * error:
        yield Flag("below_guess", {"facility": facility, "guess": figures.guess})
    if facility <= HARD:
        yield Flag("too_hard", {"facility": facility})
    if facility >= EASY:
        yield Flag("too_easy", {"facility": facility})
    if is_middling and figures.efficiency is not None and 0 <= figures.efficiency < LOW_EFFICIENCY:
        yield Flag("low", {"value": figures.efficiency, "least": LOW_EFFICIENCY})


def _unused_flags(question: Question, figures: ItemFigures) -> Iterator[Flag]:
    """Say which wrong options nobody chose; with several parts, an option may well belong to another part."""
    if len(figures.parts) > 1:
        return
    for _number, control, part in _choice_parts(question, figures):
        unused = [_name(control, row.value) for row in part.rows if not row.is_right and not row.count]
        if unused:
            yield Flag("never_chosen", {"options": _joined(unused)})


def _choice_parts(question: Question, figures: ItemFigures) -> Iterator[tuple[int, Control, PartFigures]]:
    kind = kind_of(question.kind)
    controls = controls_shown(question, range(len(kind.option_ids(question))))
    for number, (control, part) in enumerate(zip(controls, figures.parts, strict=True), start=1):
        if control.widget not in TYPED:
            yield number, control, part


def _name(control: Control, value: str) -> str | Words:
    """Return the letter of a choice, or what it says where it has none of its own."""
    choice = next((each for each in control.choices if each.value == value), Choice(value, "", value))
    return choice.mark if isinstance(choice.mark, str) and choice.mark else choice.text


def _joined(names: list[str | Words]) -> Words:
    vi, en = (", ".join(said(name, locale) for name in names) for locale in ("vi", "en"))
    return Words(vi, en)


def _in_words(value: float | str | Words, locale: Locale) -> str:
    if not isinstance(value, float):
        return str(value) if isinstance(value, int) else said(value, locale)
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if locale == "vi" else text
