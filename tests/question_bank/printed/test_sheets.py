from dataclasses import replace

import pytest

from question_bank.kinds import kinds
from question_bank.printed import Heading, PrintedPaper, PrintedQuestion, Section, key_sheet, paper_sheet
from question_bank.printed.sheets import MOST_RULED_LINES, RULED_LINES, short_answer
from question_bank.question import texts_in
from tests.question_bank.builders import question
from tests.question_bank.printed.sheets import HEADING, PICTURE, SOUND, asked, paper, reordered

ESSAY = {"options": (), "key": None}


def all_texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for each in node.values() for text in all_texts(each)]
    return [text for each in node for text in all_texts(each)] if isinstance(node, list) else [str(node)]


def answer_of(each: PrintedQuestion) -> object:
    [drawn] = paper_sheet(HEADING, [PrintedPaper("101", (Section((each,)),))], {})["papers"]
    return drawn["sections"][0]["questions"][0]["answer"]


def cells(*papers: PrintedPaper) -> list[list[str]]:
    return [row for table in key_sheet(HEADING, papers, {})["tables"] for row in table["rows"]]


@pytest.mark.parametrize(
    ("kind", "changes", "wanted"),
    [
        ("single", {}, "B"),
        ("multiple", {}, "A, C"),
        ("true_false", {}, "Đ"),
        ("statements", {}, "a) Đ, b) S, c) S, d) Đ"),
        ("matching", {}, "1 B, 2 A, 3 C"),
        ("ordering", {}, "a) 2, b) 3, c) 1"),
        ("short_text", {}, "Hà Nội hoặc Thủ đô Hà Nội"),
        ("number", {"settings": (("tolerance", "0,1"), ("unit", "m"))}, "1234,5 m (sai số ± 0,1)"),
        ("gap_fill", {}, "(1) Hà Nội hoặc Thăng Long; (2) Hồng"),
        ("essay", ESSAY, "Giám khảo chấm"),
        ("prediction", {}, "–"),
    ],
)
def test_a_key_names_what_is_right_by_the_letters_of_the_paper(kind, changes, wanted):
    assert short_answer(*asked(question(kind, **changes))) == wanted


@pytest.mark.parametrize(
    ("kind", "order", "wanted"),
    [
        ("single", (1, 0, 2), "A"),
        ("multiple", (1, 2, 0), "B, C"),
        ("statements", (1, 0, 3, 2), "a) S, b) Đ, c) Đ, d) S"),
        ("matching", (2, 1, 0), "1 B, 2 C, 3 A"),
        ("ordering", (2, 0, 1), "a) 1, b) 2, c) 3"),
    ],
)
def test_a_key_follows_the_order_of_options_on_the_paper(kind, order, wanted):
    assert short_answer(PrintedQuestion(question(kind), order)) == wanted


def test_codes_stand_beside_each_other_on_a_key():
    first = paper(question(), question("true_false"))
    assert cells(first, reordered(first, "102")) == [["B", "B"], ["Đ", "Đ"]]
    turned = replace(first.questions[0], order=(1, 2, 0))
    assert cells(first, PrintedPaper("102", (Section((turned, first.questions[1])),)))[0] == ["B", "A"]


@pytest.mark.parametrize(("count", "tables"), [(1, 1), (10, 1), (11, 2), (24, 3)])
def test_many_codes_are_parted_into_tables(count, tables):
    papers = [paper(question(), code=str(101 + number)) for number in range(count)]
    made = key_sheet(HEADING, papers, {})["tables"]
    assert len(made) == tables
    assert [code for table in made for code in table["codes"]] == [str(101 + number) for number in range(count)]


def test_long_answers_get_wider_columns():
    papers = [paper(question("short_text"), code=str(code)) for code in range(5)]
    assert [len(table["codes"]) for table in key_sheet(HEADING, papers, {})["tables"]] == [3, 2]


def test_the_key_tells_how_parts_of_an_answer_are_marked():
    key = key_sheet(HEADING, [paper(question(), question("statements"))], {})
    assert key["rules"] == [{"places": "Mã 101: câu 2", "text": "Số điểm khi đúng 1, 2, 3, 4 ý: 0,1; 0,25; 0,5; 1."}]
    assert key_sheet(HEADING, [paper(question())], {})["rules"] == []


def test_a_paper_that_is_shorter_than_another_leaves_its_lines_empty():
    assert cells(paper(question(), question()), paper(question(), code="102")) == [["B", "B"], ["B", ""]]


def test_points_are_told_once_where_they_are_equal_and_with_each_answer_where_not():
    same = key_sheet(HEADING, [paper(question(points=250), question(points=250))], {})
    assert same["note"] == "Mỗi câu 0,25 điểm."
    assert same["tables"][0]["rows"] == [["B"], ["B"]]
    assert cells(paper(question(), question(points=2500))) == [["B (1)"], ["B (2,5)"]]


def test_a_paper_says_what_a_question_counts_unless_it_is_one_point():
    [drawn] = paper_sheet(HEADING, [paper(question(), question(points=500))], {})["papers"]
    assert [each["points"] for each in drawn["sections"][0]["questions"]] == ["", "0,5"]


def test_questions_are_numbered_through_all_sections():
    sections = (Section(asked(question(), question()), "Phần I", "Đọc **kỹ**."), Section(asked(question()), "Phần II"))
    [drawn] = paper_sheet(HEADING, [PrintedPaper("7", sections)], {})["papers"]
    assert [[each["number"] for each in section["questions"]] for section in drawn["sections"]] == [[1, 2], [3]]
    assert [section["title"] for section in drawn["sections"]] == ["Phần I", "Phần II"]
    assert "kỹ" in all_texts(drawn["sections"][0]["instructions"])


@pytest.mark.parametrize(
    ("kind", "changes", "shape"),
    [
        ("single", {}, "options"),
        ("multiple", {}, "options"),
        ("true_false", {}, "boxes"),
        ("statements", {}, "judgements"),
        ("matching", {}, "pairs"),
        ("ordering", {}, "places"),
        ("short_text", {}, "line"),
        ("number", {}, "line"),
        ("gap_fill", {}, "listed"),
        ("essay", ESSAY, "ruled"),
        ("prediction", {}, "line"),
    ],
)
def test_every_kind_is_answered_on_paper(kind, changes, shape):
    [drawn] = answer_of(*asked(question(kind, **changes)))
    assert drawn["is"] == shape


def test_gaps_that_are_typed_need_no_choices():
    typed = question("gap_fill", key=((("Hà Nội",), ()), (("Hồng",), ())))
    assert answer_of(*asked(typed)) == []


@pytest.mark.parametrize(
    ("most", "lines"), [(0, RULED_LINES), (100, RULED_LINES), (300, 30), (600, 60), (1500, MOST_RULED_LINES)]
)
def test_an_essay_has_lines_for_its_words(most, lines):
    [drawn] = paper_sheet(HEADING, [paper(question("essay", **ESSAY, settings=(("most_words", most),)))], {})["papers"]
    assert drawn["sections"][0]["questions"][0]["ruled"] == lines


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.example], ids=lambda kind: kind.code)
def test_a_paper_holds_the_options_of_each_kind_and_nothing_about_its_key(kind):
    secret = replace(kind.example, explanation="ẨN-1", source="ẨN-2", topic="ẨN-3", tags=("ẨN-4",))
    said = " ".join(all_texts(paper_sheet(HEADING, [paper(secret)], {})))
    assert "ẨN" not in said
    for option in kind.example.options:
        assert option.text in said


def test_the_key_of_what_is_typed_is_not_on_the_paper():
    made = paper_sheet(HEADING, [paper(question("short_text"), question("number"))], {})
    assert not {"Hà Nội", "1234,5"} & set(all_texts(made))


def test_a_paper_does_not_change_with_its_key():
    one, other = (paper_sheet(HEADING, [paper(question(key=key))], {}) for key in ("a", "b"))
    assert one == other


def test_explained_keys_tell_each_question_once_with_all_its_places():
    common, own = question(explanation="Vì là **thủ đô**."), question(text="Câu khác?", explanation="", source="")
    first, second = paper(common, own), PrintedPaper("102", (Section(asked(common)),))
    explained = key_sheet(HEADING, [first, second], {}, is_explained=True)["explained"]
    assert [each["places"] for each in explained] == ["Mã 101 câu 1; mã 102 câu 1", "Mã 101 câu 2"]
    said = all_texts(explained[0])
    assert {"B. Hà Nội", "thủ đô", "Hiến pháp 2013, Điều 13"} <= set(said)
    assert explained[1]["explanation"] == []


def test_keys_are_explained_only_where_wished():
    made = key_sheet(HEADING, [paper(question(explanation="Lời giải"))], {})
    assert made["explained"] == []
    assert not [text for text in texts_in(made) if "Lời giải" in text]


def test_only_pictures_that_are_there_are_drawn_and_sounds_are_named():
    text = f"![Cổng](media:{PICTURE}) ![Bài hát](media:{SOUND}) ![Mất](media:{'c' * 64})"
    [drawn] = paper_sheet(HEADING, [paper(question(text=text))], {PICTURE: "picture", SOUND: "audio"})["papers"]
    [shown] = drawn["sections"][0]["questions"][0]["text"]
    assert shown["of"] == [
        {"is": "picture", "name": PICTURE, "text": "Cổng"},
        " ",
        "[Âm thanh: Bài hát]",
        " ",
        "[Mất]",
    ]


def test_a_long_word_in_the_heading_may_be_broken():
    made = paper_sheet(Heading("x" * 200, "", ""), [paper(question())], {})
    assert "\u200b" in made["papers"][0]["head"]["organizer"]


def test_a_printed_question_tells_what_parts_earn_of_its_points_on_this_paper():
    statements = asked(question("statements", points=2000))
    [drawn] = paper_sheet(HEADING, [PrintedPaper("101", (Section(statements),))], {})["papers"]
    assert "ý: 0,2; 0,5; 1; 2." in str(drawn["sections"][0]["questions"][0]["hint"])
