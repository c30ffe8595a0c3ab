"""Differences of two revisions, searched words, paths of topics, codes that are taken."""

from typing import Any

import pytest

from contest.questions.domain import UNSEARCHED, Difference, Piece, differences, taken, topic_path
from question_bank.question import Option, Question, texts_in, to_content
from tests.question_bank.builders import question


def changed(old: Question, new: Question) -> dict[str, Difference]:
    return {each.path: each for each in differences(to_content(old), to_content(new)) if each.is_changed}


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_the_same_question_differs_nowhere() -> None:
    assert changed(question(), question()) == {}


def test_changed_words_are_marked_on_both_sides_and_nothing_else_is() -> None:
    found = changed(question(text="Thủ đô là ở đâu?"), question(text="Thủ phủ là ở đâu vậy?"))
    assert found.keys() == {"text"}
    assert shown(found["text"].old) == "Thủ [đô] là ở đâu?"
    assert shown(found["text"].new) == "Thủ [phủ] là ở đâu[ vậy]?"


def test_options_are_compared_one_by_one_and_may_come_and_go() -> None:
    old = question(options=(Option("a", "Một"), Option("b", "Hai")), key="a")
    new = question(options=(Option("a", "Một"), Option("b", "Hai trăm"), Option("c", "Ba")), key="b")
    found = changed(old, new)
    assert list(found) == ["options.b.text", "options.c.text", "key"]
    assert (found["options.c.text"].old, shown(found["options.c.text"].new)) == ((), "[Ba]")
    assert (shown(found["key"].old), shown(found["key"].new)) == ("[A]", "[B]")


@pytest.mark.parametrize(
    ("changes", "path", "old", "new"),
    [
        ({"difficulty": 3}, "difficulty", "[2]", "[3]"),
        ({"lock_order": True}, "lock_order", "[false]", "[true]"),
        ({"points": 500}, "points", "[1000]", "[500]"),
        ({"tags": ("a", "b")}, "tags", "", "[a; b]"),
        ({"source": "Luật khác"}, "source", None, None),
        ({"explanation": "Vì thế."}, "explanation", None, None),
        ({"topic": "Khác"}, "topic", None, None),
    ],
)
def test_every_part_is_compared(changes: dict[str, Any], path: str, old: str | None, new: str | None) -> None:
    found = changed(question(), question(**changes))
    assert found.keys() == {path}
    if old is not None:
        assert (shown(found[path].old), shown(found[path].new)) == (old, new)


def test_parts_of_kinds_to_come_are_compared_too() -> None:
    base = {**to_content(question()), "settings": {"fold": {"case": True}}, "items": [{"id": "1", "text": "Câu một"}]}
    new = {**base, "settings": {"fold": {"case": False}}, "items": [{"id": "1", "text": "Câu hai"}]}
    found = {each.path: shown(each.new) for each in differences(base, new) if each.is_changed}
    assert found == {"settings.fold.case": "[false]", "items.1.text": "Câu [hai]"}


def test_every_text_of_a_question_is_searched_and_no_name_of_ours() -> None:
    content = to_content(
        question(explanation="Vì sao", tags=("nhãn",), options=(Option("a", "Một"), Option("b", "Hai")))
    )
    texts = list(texts_in(content, UNSEARCHED))
    assert {"Vì sao", "nhãn", "Một", "Hai", content["topic"], content["source"], content["text"]} <= set(texts)
    assert "single" not in texts


@pytest.mark.parametrize(
    ("topic", "path"),
    [
        ("An toàn", ("An toàn",)),
        ("An toàn / Mật khẩu", ("An toàn", "Mật khẩu")),
        ("Nghị định 13/2023", ("Nghị định 13/2023",)),
        ("a / b / c / d / e", ("a", "b", "c", "d / e")),
    ],
)
def test_a_topic_names_its_place_in_the_tree(topic: str, path: tuple[str, ...]) -> None:
    assert topic_path(topic) == path


def test_codes_are_taken_whatever_their_case_and_spaces() -> None:
    assert taken(["A 1", "B"], ["a  1"]) == ["A 1"]
