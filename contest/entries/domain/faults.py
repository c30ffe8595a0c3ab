"""Whether a file's content is within the rules, and if not, which value is beyond which limit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contest.entries.domain.limits import CLIPS, AnswerForm, Limits
from contest.media.facts import Facts


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is refused: a stable code, and the numbers of its sentence.

    A value whose name ends in `_ms` is a length in milliseconds.
    """

    code: str
    values: Mapping[str, int] = field(default_factory=dict)


def find_fault(facts: Facts, form: AnswerForm, limits: Limits) -> Fault | None:
    """The first thing that is wrong with a file of this content as an answer in this form.

    Codes: `not_video`, `not_audio`, `not_document`, `video_length`, `audio_length`, `video_frame`, `document_words`.
    """
    if facts.kind != form.value:
        return Fault(f"not_{form.value}")
    if form in CLIPS:
        return _fault_of_length(facts, form, limits) or _fault_of_frame(facts, form, limits)
    if facts.words is not None and facts.words > limits.words_max:
        return Fault("document_words", {"words": facts.words, "max": limits.words_max})
    return None


def _fault_of_length(facts: Facts, form: AnswerForm, limits: Limits) -> Fault | None:
    length = facts.duration_ms or 0
    if limits.clip_min_ms <= length <= limits.clip_max_ms:
        return None
    values = {"length_ms": length, "min_ms": limits.clip_min_ms, "max_ms": limits.clip_max_ms}
    return Fault(f"{form.value}_length", values)


def _fault_of_frame(facts: Facts, form: AnswerForm, limits: Limits) -> Fault | None:
    """A phone held upright has its long side upright: long is compared with long, short with short."""
    if form is not AnswerForm.VIDEO:
        return None
    width, height = facts.width or 0, facts.height or 0
    short, long = sorted((width, height))
    least_short, least_long = sorted((limits.width_min, limits.height_min))
    if short >= least_short and long >= least_long:
        return None
    least = {"width_min": limits.width_min, "height_min": limits.height_min}
    return Fault("video_frame", {"width": width, "height": height, **least})
