"""The section "forms" of the rules: in which form people may answer, and the limits of each form.

A value holds for all; its "groups" are blocks that say otherwise for some groups of the contest: `{"groups": {code:
name}, …}` with those of "forms" and the numbers that differ. Versions from before there were blocks have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MB = 1024 * 1024
COMMITMENT = (
    "Tôi cam kết bài dự thi do chính tôi thực hiện, chưa công bố và chưa gửi dự thi ở nơi khác; "
    "nội dung trích dẫn của người khác đều ghi rõ nguồn."
)
BOUNDS = {
    "words_max": (1, 20_000),
    "document_max_mb": (1, 100),
    "clip_min_seconds": (0, 3600),
    "clip_max_seconds": (10, 7200),
    "clip_max_mb": (1, 4096),
    "width_min": (0, 3840),
    "height_min": (0, 2160),
}
"""The least and the most that the rules may say; the words fit into what a draft holds."""


class AnswerForm(StrEnum):
    """In which form a question is answered."""

    TEXT = "text"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"


CLIPS = frozenset({AnswerForm.VIDEO, AnswerForm.AUDIO})
FILES = CLIPS | {AnswerForm.DOCUMENT}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of an answer. Words are counted between spaces; lengths are ms, sizes bytes, frames pixels.

    `commitment` is what a person declares when handing in, as the committee wrote it.
    """

    forms: frozenset[AnswerForm]
    words_max: int
    document_max_bytes: int
    clip_min_ms: int
    clip_max_ms: int
    clip_max_bytes: int
    width_min: int
    height_min: int
    commitment: str

    @property
    def forms_in_order(self) -> list[AnswerForm]:
        """The forms as people are offered them: writing first."""
        return [form for form in AnswerForm if form in self.forms]

    @property
    def has_clips(self) -> bool:
        """Whether a clip may be an answer."""
        return bool(self.forms & CLIPS)

    def max_bytes(self, form: AnswerForm) -> int:
        """The largest file that may answer in this form."""
        return self.document_max_bytes if form == AnswerForm.DOCUMENT else self.clip_max_bytes


def default_limits() -> dict[str, Any]:
    """Every form; 5,000 words; clips of 3 to 10 minutes from 640 × 480 up to 2 GB; documents up to 20 MB."""
    return {
        "forms": [form.value for form in AnswerForm],
        "words_max": 5000,
        "document_max_mb": 20,
        "clip_min_seconds": 180,
        "clip_max_seconds": 600,
        "clip_max_mb": 2048,
        "width_min": 640,
        "height_min": 480,
        "commitment": COMMITMENT,
    }


def blocks_of(value: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """What a stored section says otherwise for some groups."""
    found: Sequence[Mapping[str, Any]] = value.get("groups", ())
    return found


def in_block(value: Mapping[str, Any], block: Mapping[str, Any]) -> dict[str, Any]:
    """What holds for the groups of this block: its own values, the others as for all."""
    return {**value, **{name: said for name, said in block.items() if name != "groups"}}


def value_for(value: Mapping[str, Any], group_code: str) -> Mapping[str, Any]:
    """What a stored section says for the group with this code."""
    return next((in_block(value, block) for block in blocks_of(value) if group_code in block["groups"]), value)


def read_limits(value: Mapping[str, Any]) -> Limits:
    """The limits that a stored section says for all, or what `value_for` gives says for one group."""
    return Limits(
        forms=frozenset(AnswerForm(form) for form in value["forms"]),
        words_max=value["words_max"],
        document_max_bytes=value["document_max_mb"] * MB,
        clip_min_ms=value["clip_min_seconds"] * 1000,
        clip_max_ms=value["clip_max_seconds"] * 1000,
        clip_max_bytes=value["clip_max_mb"] * MB,
        width_min=value["width_min"],
        height_min=value["height_min"],
        commitment=value["commitment"],
    )
