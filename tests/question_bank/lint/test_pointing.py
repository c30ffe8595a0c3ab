import pytest

from question_bank.lint.pointing import pointing


@pytest.mark.parametrize(
    "text",
    [
        "Cả (A) và (B)",
        "Cả câu A và câu B",
        "Cả phương án A và phương án B",
        "Cả đáp án A và B đều đúng",
        "Chỉ A đúng",
        "3 phương án trên",
        "Hai câu trên đều đúng",
        "Cả 03 phương án trên",
        "Cả 03 nội dung nêu trên",
        "Tất cả các hành vi trên",
        "Tất cả các quyền nêu trên",
        "Tất cả các phương án đã nêu",
        "Tất cả",
    ],
)
def test_what_speaks_of_other_options_points_at_them(text):
    assert pointing(("Huế", "Hà Nội", "Đà Nẵng", text)) == {3}


@pytest.mark.parametrize(
    "texts",
    [
        ["A và D", "B và C", "C và PP", "B1 và B6"],  # vitamins
        ["A và B", "B và C", "C và D", "A và D"],  # points of a figure
        ["B và C", "C và D", "D và A", "A và B"],
        ["A, E", "B, F", "C, G"],
        ["Tất cả cán bộ làm việc trên", "Tất cả công dân từ đủ 18 tuổi trở lên", "Cả nước"],
    ],
)
def test_letters_that_name_something_else_point_at_nothing(texts):
    assert pointing(tuple(texts)) == set()


def test_letters_beside_options_of_words_do():
    assert pointing(("Vitamin C", "Vitamin D", "A và B", "A và E")) == {2, 3}
    assert pointing(("Huế", "Hà Nội", "Cả A, B và C", "A hoặc B")) == {2, 3}
