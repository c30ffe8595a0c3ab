from pathlib import Path

import pytest

from question_bank.formats.base import UNKNOWN_SOURCE
from question_bank.formats.json_file import JSON
from question_bank.kinds.single_choice import SingleChoice
from question_bank.lint import remarks_on
from tests.question_bank.builders import options, question

SAMPLES = sorted((Path(__file__).parents[3] / "question_bank" / "samples").glob("*.json"))


def remarks(**changes):
    changes.setdefault("explanation", "Hiến pháp quy định như vậy.")
    return remarks_on(question(**changes))


def codes(**changes):
    return [remark.code for remark in remarks(**changes)]


def test_a_good_question_has_no_remarks():
    assert remarks() == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_sample_questions_have_none(sample):
    entries = JSON.read_questions(sample).questions
    assert len(entries) == 50
    assert {item.code: remarks_on(item.question) for item in entries if remarks_on(item.question)} == {}


@pytest.mark.parametrize(
    ("right", "longest_wrong", "is_seen"),
    [
        (30, 10, True),
        (29, 10, False),  # not 20 characters longer
        (60, 40, True),
        (59, 39, True),
        (61, 41, False),  # not half as long again
        (90, 60, True),
        (89, 60, False),
        (10, 60, False),
    ],
)
def test_a_key_gives_itself_away_when_it_is_by_far_the_longest(right, longest_wrong, is_seen):
    found = codes(options=options("s", "r" * right, "w" * longest_wrong), key="b")
    assert found == (["key_longest"] if is_seen else [])


def test_of_several_right_options_the_shortest_counts():
    texts = ("r" * 80, "ngắn", "r" * 20, "sai")
    assert codes(kind="multiple", options=options(*texts), key=("a", "c")) == []
    assert codes(kind="multiple", options=options(*texts), key=("a",)) == ["key_longest"]


def test_the_lengths_are_told():
    [remark] = remarks(options=options("r" * 60, "sai", "w" * 20), key="a")
    assert (remark.field, remark.values) == ("options", {"longest": 60, "others": 20})
    assert "60 so với 20 ký tự" in remark.sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Tất cả các phương án trên",
        "Tất cả các phương án trên đều đúng.",
        "Tất cả các đáp án đều đúng",
        "Tất cả đều đúng",
        "Tất cả đều sai",
        "Tất cả các ý trên",
        "Các phương án trên đều sai",
        "Cả ba phương án trên",
        "Cả 3 đáp án trên",
        "Cả hai ý trên",
        "Cả hai đều đúng",
        "Cả A và B",
        "cả a, b và c",
        "Cả A, B, C",
        "Cả A, B và C đều đúng",
        "A và C",
        "A hoặc B",
        "Chỉ A và B đúng",
        "Đáp án A và B",
        "Không có phương án nào",
        "Không có phương án nào đúng",
        "Không phương án nào ở trên đúng",
        "Không có đáp án nào trong các phương án trên",
        "All of the above",
        "None of the above.",
        "None of these",
        "Both A and B",
        "Neither A nor B",
        "A, B, and C are correct",
        "All answers are correct",
    ],
)
def test_an_option_that_needs_the_order_is_seen(text):
    [remark] = remarks(options=options("Huế", "Hà Nội", text))
    assert (remark.code, remark.field) == ("option_needs_order", "options.2")
    assert remark.fix == {"lock_order": True}
    assert "Phương án C" in remark.sentence()
    assert "Option C" in remark.sentence("en")
    assert codes(options=options("Huế", "Hà Nội", text), lock_order=True) == []


def test_an_order_that_cannot_be_kept_is_not_offered():
    all_of_them = options("Huế", "Hà Nội", "Tất cả các phương án trên")
    assert codes(kind="matching", options=all_of_them) == codes(kind="ordering", options=all_of_them) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tất cả các cơ quan nhà nước",
        "Tất cả công dân đủ 18 tuổi",
        "Tất cả các bộ, ngành nêu trên cổng dịch vụ công",
        "Cả nước",
        "Cả hai vợ chồng",
        "Cả An và Bình",
        "Không có quy định",
        "Không có giấy tờ nào",
        "Không đúng",
        "Ý kiến khác",
        "A",
        "Hạng A1 và B1",
        "All citizens",
        "None",
        "An and Binh",
    ],
)
def test_an_option_that_only_sounds_like_it_is_not(text):
    assert codes(options=options("Huế", "Hà Nội", text)) == []


def test_a_kind_that_shuffles_nothing_needs_no_lock(monkeypatch):
    monkeypatch.setattr(SingleChoice, "option_ids", lambda *_: ())
    assert codes(options=options("Huế", "Hà Nội", "Cả A và B")) == []


@pytest.mark.parametrize(("explanation", "is_seen"), [("", True), (" \n", True), ("Vì thế.", False)])
def test_a_missing_explanation_is_a_mild_remark(explanation, is_seen):
    found = [(remark.code, remark.severity) for remark in remarks(explanation=explanation)]
    assert found == ([("explanation_missing", "mild")] if is_seen else [])


def test_a_source_that_the_file_did_not_name_is_still_to_be_written():
    [remark] = remarks(source=UNKNOWN_SOURCE)
    assert (remark.code, remark.field, remark.severity) == ("source_to_add", "source", "warning")


@pytest.mark.parametrize("field", ["text", "explanation", "source", "topic"])
def test_letters_are_looked_at_in_every_text(field):
    assert [(found.code, found.field) for found in remarks(**{field: "Hà\u200b Nội"})] == [("invisible_letters", field)]


def test_items_have_a_right_option_each_so_none_is_too_long():
    texts = options("r" * 80, "ngắn")
    assert codes(options=texts, key="a", items=("một",)) == []


def test_letters_are_looked_at_in_items():
    [remark] = remarks(items=("Huế", "Hà\u200b Nội"))
    assert (remark.code, remark.field) == ("invisible_letters", "items.1")


def test_letters_are_looked_at_in_options():
    [remark] = remarks(options=options("Huế", "Hà Nội", "Đà Nẵng \ue123"))
    assert (remark.code, remark.field) == ("private_letters", "options.2")


@pytest.mark.parametrize("other", ["hà nội", "**Hà Nội**", "Hà Nội.", "“Hà Nội”"])
def test_options_that_are_all_but_equal_are_told(other):
    [remark] = remarks(options=options("Huế", "Hà Nội", other), key="b")
    assert (remark.code, remark.field, remark.values) == ("options_alike", "options.2", {"option": "C", "other": "B"})


def test_options_that_differ_by_the_place_of_a_tone_are_told_once():
    assert codes(options=options("Hoà Bình", "Huế", "Hòa Bình", "Hòa Bình."), key="b") == ["options_alike"] * 2


@pytest.mark.parametrize("texts", [("5!", "5"), ("-5", "5"), ("Em đi học.", "Em đi học!"), ("ma", "má"), ("1,5", "15")])
def test_options_that_mean_other_things_are_not_alike(texts):
    assert codes(options=options(*texts), key="b") == []


@pytest.mark.parametrize("mark", ["![Chợ](cho.png)", "![Chợ](https://vi.example/cho.png)", "![Chợ](media:123)"])
def test_a_picture_from_elsewhere_would_be_read_as_its_code(mark):
    [remark] = remarks(text=f"Đây là chợ nào? {mark}")
    assert (remark.code, remark.field, remark.values) == ("picture_lost", "text", {"mark": mark})


def test_a_key_that_speaks_of_the_others_is_not_too_long():
    texts = options("Một", "Hai", "Ba", "Tất cả các phương án trên")
    assert codes(options=texts, key="d") == ["option_needs_order"]
    assert codes(options=texts, key="d", lock_order=True) == []


def test_a_long_option_that_speaks_of_the_others_does_not_hide_a_long_key():
    texts = options("Hai", "Ba", "k" * 30, "Tất cả các phương án trên")
    assert codes(options=texts, key="c", lock_order=True) == ["key_longest"]


def test_the_address_of_a_picture_makes_no_option_long():
    assert codes(options=options("Huế", f"![Hà Nội](media:{'a' * 64})"), key="b") == []


def test_what_blocks_is_not_said_again():
    assert codes(key=None, source="", text=f"![](media:{'a' * 64})") == []
    assert codes(options=options("Hà Nội", "Hà Nội"), key="a") == []


def test_an_unknown_kind_is_no_accident():
    assert codes(kind="none", options=options("Huế", "Cả A và B")) == []
