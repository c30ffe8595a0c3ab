from typing import Any

import pytest

from contest.entries.domain.faults import Fault, find_fault
from contest.entries.domain.limits import AnswerForm, default_limits, read_limits
from contest.media import Facts

LIMITS = read_limits(default_limits())
LENGTH = {"min_ms": 180_000, "max_ms": 600_000}
FRAME = {"width_min": 640, "height_min": 480}


def clip(kind: str = "video", ms: int = 300_000, width: int | None = 1280, height: int | None = 720) -> Facts:
    return Facts(kind, f"{kind}/mp4", ms, width, height)  # type: ignore[arg-type]


def document(**values: Any) -> Facts:
    return Facts("document", "application/pdf", **values)


@pytest.mark.parametrize(
    ("facts", "form", "fault"),
    [
        (clip(), AnswerForm.VIDEO, None),
        (clip("audio"), AnswerForm.VIDEO, Fault("not_video")),
        (document(), AnswerForm.VIDEO, Fault("not_video")),
        (clip("video"), AnswerForm.AUDIO, Fault("not_audio")),
        (clip("audio", width=None, height=None), AnswerForm.AUDIO, None),
        (clip(), AnswerForm.DOCUMENT, Fault("not_document")),
        (Facts("other", "application/zip"), AnswerForm.DOCUMENT, Fault("not_document")),
        (clip(ms=179_999), AnswerForm.VIDEO, Fault("video_length", {"length_ms": 179_999, **LENGTH})),
        (clip(ms=180_000), AnswerForm.VIDEO, None),
        (clip(ms=600_000), AnswerForm.VIDEO, None),
        (clip(ms=600_001), AnswerForm.VIDEO, Fault("video_length", {"length_ms": 600_001, **LENGTH})),
        (clip("audio", ms=1), AnswerForm.AUDIO, Fault("audio_length", {"length_ms": 1, **LENGTH})),
        (clip(width=640, height=480), AnswerForm.VIDEO, None),
        (clip(width=480, height=640), AnswerForm.VIDEO, None),
        (clip(width=639, height=480), AnswerForm.VIDEO, Fault("video_frame", {"width": 639, "height": 480, **FRAME})),
        (clip(width=640, height=479), AnswerForm.VIDEO, Fault("video_frame", {"width": 640, "height": 479, **FRAME})),
        (clip(width=1920, height=400), AnswerForm.VIDEO, Fault("video_frame", {"width": 1920, "height": 400, **FRAME})),
        (document(words=5000), AnswerForm.DOCUMENT, None),
        (document(words=5001), AnswerForm.DOCUMENT, Fault("document_words", {"words": 5001, "max": 5000})),
        (document(words=None), AnswerForm.DOCUMENT, None),
    ],
)
def test_a_file_is_within_the_rules_or_the_value_is_named(facts: Facts, form: AnswerForm, fault: Fault | None) -> None:
    assert find_fault(facts, form, LIMITS) == fault
