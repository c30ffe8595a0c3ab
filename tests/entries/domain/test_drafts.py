from dataclasses import replace
from typing import Any

import pytest

from contest.entries.domain.drafts import DraftedAnswer, FileFacts, Missing, lacks
from contest.entries.domain.limits import MB, AnswerForm, default_limits, read_limits
from contest.media import Facts

LIMITS = read_limits({**default_limits(), "words_max": 5})
TEXT, VIDEO, AUDIO = AnswerForm.TEXT, AnswerForm.VIDEO, AnswerForm.AUDIO
ARRIVED = FileFacts(VIDEO, is_arriving=False)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, "answer_missing"),
        (DraftedAnswer(TEXT), "answer_missing"),
        (DraftedAnswer(TEXT, " \n "), "answer_missing"),
        (DraftedAnswer(TEXT, "một"), None),
        (DraftedAnswer(TEXT, "một hai ba bốn năm"), None),
        (DraftedAnswer(TEXT, "một hai ba bốn năm sáu"), "words_exceeded"),
        (DraftedAnswer(TEXT, "một", ARRIVED), None),
        (DraftedAnswer(VIDEO, "một hai ba bốn năm sáu", ARRIVED), None),
        (DraftedAnswer(VIDEO, "một"), "answer_file_missing"),
        (DraftedAnswer(AUDIO, file=ARRIVED), "answer_file_missing"),
        (DraftedAnswer(VIDEO, file=replace(ARRIVED, is_arriving=True)), "file_arriving"),
        (DraftedAnswer(VIDEO, file=replace(ARRIVED, fault="video_length")), "file_refused"),
    ],
)
def test_an_answer_lacks_what_its_form_asks_for(answer: DraftedAnswer | None, code: str | None) -> None:
    found = lacks(1, {1: answer} if answer else {}, LIMITS)
    assert [each.code for each in found] == ([code] if code else [])
    assert all(each.question == 1 for each in found)


def test_what_is_missing_says_the_value_and_the_limit() -> None:
    short = FileFacts(VIDEO, is_arriving=False, fault="video_length", fault_values={"length_ms": 1})
    answers = {1: DraftedAnswer(TEXT, "một hai ba bốn năm sáu"), 2: DraftedAnswer(VIDEO, file=short)}
    assert lacks(2, answers, LIMITS) == [
        Missing("words_exceeded", 1, {"words": 6, "max": 5}),
        Missing("file_refused", 2, {"fault": "video_length", "values": {"length_ms": 1}}),
    ]


def test_without_a_prompt_only_the_prompt_is_missing() -> None:
    assert lacks(None, {1: DraftedAnswer(TEXT, "một")}, LIMITS) == [Missing("prompt_missing")]


def test_answers_to_questions_of_another_prompt_are_not_asked_for() -> None:
    answers = {1: DraftedAnswer(TEXT, "một"), 2: DraftedAnswer(VIDEO)}
    assert lacks(1, answers, LIMITS) == []
    assert [each.question for each in lacks(3, answers, LIMITS)] == [2, 3]


def test_a_form_that_the_rules_do_not_allow_any_more_is_barred() -> None:
    limits = read_limits({**default_limits(), "forms": ["text"]})
    found = lacks(1, {1: DraftedAnswer(VIDEO, file=ARRIVED)}, limits)
    assert [each.code for each in found] == ["form_barred"]


@pytest.mark.parametrize("value", [{"forms": ["text", "audio"]}, {"forms": ["audio", "text"]}])
def test_forms_are_offered_in_one_order(value: dict[str, Any]) -> None:
    assert read_limits({**default_limits(), **value}).forms_in_order == [TEXT, AUDIO]


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (replace(ARRIVED, content=Facts("video", "video/mp4", 600_000, 640, 480)), None),
        (replace(ARRIVED, content=Facts("video", "video/mp4", 600_001, 640, 480)), "video_length"),
        (replace(ARRIVED, content=Facts("video", "video/mp4", 600_000, 640, 479)), "video_frame"),
        (replace(ARRIVED, size=2048 * MB), None),
        (replace(ARRIVED, size=2048 * MB + 1), "file_too_big"),
    ],
)
def test_a_file_that_was_good_by_other_limits_has_to_keep_these(file: FileFacts, fault: str | None) -> None:
    found = lacks(1, {1: DraftedAnswer(VIDEO, file=file)}, LIMITS)
    assert [(each.code, each.values["fault"]) for each in found] == ([("file_refused", fault)] if fault else [])
