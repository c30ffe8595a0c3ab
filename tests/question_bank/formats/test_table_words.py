import pytest

from question_bank.formats.table_words import column_of, difficulty_in, label_in


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("STT", "number"),
        (" NỘI DUNG CÂU HỎI *", "text"),
        ("A", "options.0"),
        ("PA D:", "options.3"),
        ("Phương án 1", "options.0"),
        ("Đáp án 2", "options.1"),
        ("Các phương án", "options"),
        ("Đáp án đúng", "key"),
        ("Căn cứ pháp lý", "source"),
        ("1", None),
        ("Ghi chú", None),
    ],
)
def test_titles_say_what_a_column_holds(title, field):
    assert column_of(title) == field


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ("Đáp án: B", "key", "B"),
        ("Chọn B", "key", "B"),
        ("ĐA = C", "key", "C"),
        ("Mức độ: NB", "difficulty", "NB"),
    ],
)
def test_lines_begin_with_the_name_of_their_field(line, field, said):
    name, end = label_in(line)
    assert (name, line[end:]) == (field, said)


@pytest.mark.parametrize("line", ["Đáp án nào đúng?", "Chọn câu đúng", ""])
def test_other_lines_name_none(line):
    assert label_in(line) is None


@pytest.mark.parametrize(
    ("text", "level"), [("3", (3, False)), ("(Vận dụng)", (4, True)), ("vừa", (None, True)), ("", (None, True))]
)
def test_a_level_is_a_number_or_a_word(text, level):
    assert difficulty_in(text) == level
