"""The two sample banks keep what their README promises."""

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "question_bank" / "samples"
NAMES = ("chuyen_doi_so_1", "chuyen_doi_so_2")
TOPICS = (
    "Nhận thức chung",
    "Chính quyền số",
    "Kinh tế số và xã hội số",
    "An toàn thông tin và dữ liệu cá nhân",
    "Định danh điện tử và dịch vụ công",
)

Question = dict[str, Any]


def read(name: str) -> str:
    return (SAMPLES / f"{name}.json").read_text(encoding="utf-8")


def read_questions(name: str) -> list[Question]:
    questions: list[Question] = json.loads(read(name))["questions"]
    return questions


def of_kind(name: str, kind: str) -> list[Question]:
    return [question for question in read_questions(name) if question["kind"] == kind]


def normalise(text: str) -> str:
    return " ".join(text.casefold().split())


@pytest.mark.parametrize("name", NAMES)
def test_bank_says_its_format_and_the_date_its_facts_hold_for(name: str) -> None:
    bank = json.loads(read(name))
    assert bank["format"] == "question-bank/1"
    assert bank["title"]
    assert bank["as_of"] == "2026-03-01"


@pytest.mark.parametrize("name", NAMES)
def test_each_topic_has_four_easy_four_medium_and_two_hard_questions(name: str) -> None:
    counts = Counter((question["topic"], question["difficulty"]) for question in read_questions(name))
    wanted = {1: 4, 2: 4, 3: 2}
    assert counts == {(topic, level): count for topic in TOPICS for level, count in wanted.items()}


@pytest.mark.parametrize("name", NAMES)
def test_kinds_are_mixed(name: str) -> None:
    kinds = Counter(question["kind"] for question in read_questions(name))
    assert kinds == {"single": 38, "multiple": 5, "true_false": 7}


def test_codes_and_texts_are_unique_in_both_banks_together() -> None:
    questions = [question for name in NAMES for question in read_questions(name)]
    assert len({question["code"] for question in questions}) == len(questions)
    assert len({normalise(question["text"]) for question in questions}) == len(questions)


@pytest.mark.parametrize("name", NAMES)
def test_choice_questions_have_four_different_options(name: str) -> None:
    for question in of_kind(name, "single") + of_kind(name, "multiple"):
        assert [option["id"] for option in question["options"]] == ["a", "b", "c", "d"], question["code"]
        assert len({normalise(option["text"]) for option in question["options"]}) == 4, question["code"]


@pytest.mark.parametrize("name", NAMES)
def test_keys_fit_their_kind(name: str) -> None:
    for question in of_kind(name, "single"):
        assert question["key"] in ("a", "b", "c", "d"), question["code"]
    for question in of_kind(name, "multiple"):
        key = question["key"]
        assert key == sorted(set(key) & set("abcd")), question["code"]
        assert len(key) in (2, 3), question["code"]
    for question in of_kind(name, "true_false"):
        assert isinstance(question["key"], bool), question["code"]
        assert question["options"] == [], question["code"]


@pytest.mark.parametrize("name", NAMES)
def test_guessing_one_letter_or_one_truth_value_does_not_pay(name: str) -> None:
    letters = Counter(question["key"] for question in of_kind(name, "single"))
    assert all(8 <= letters[letter] <= 11 for letter in "abcd"), letters
    truths = Counter(question["key"] for question in of_kind(name, "true_false"))
    assert min(truths[True], truths[False]) >= 3, truths


@pytest.mark.parametrize("name", NAMES)
def test_the_right_option_is_seldom_the_longest_or_the_shortest(name: str) -> None:
    longest = shortest = 0
    for question in of_kind(name, "single"):
        right = [len(option["text"]) for option in question["options"] if option["id"] == question["key"]]
        wrong = [len(option["text"]) for option in question["options"] if option["id"] != question["key"]]
        longest += right[0] > max(wrong)
        shortest += right[0] < min(wrong)
    assert max(longest, shortest) <= 38 // 4


@pytest.mark.parametrize("name", NAMES)
def test_every_question_explains_its_key_and_names_document_and_fact(name: str) -> None:
    for question in read_questions(name):
        assert len(question["explanation"]) >= 20, question["code"]
        document, fact, _ = question["source"].partition(" (dữ kiện ")
        assert document, question["code"]
        assert fact, question["code"]
        assert "http" not in question["source"], question["code"]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_questions_of_a_bank_rest_on_the_same_fact(name: str) -> None:
    facts = Counter(question["source"].partition("(dữ kiện ")[2].partition(";")[0] for question in read_questions(name))
    assert [fact for fact, count in facts.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_text_is_composed_unicode(name: str) -> None:
    assert unicodedata.is_normalized("NFC", read(name))
