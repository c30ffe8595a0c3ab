import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.editing import Cell
from question_bank.formats.xlsx.answers import WrongCell, answer_cells, rows_of
from question_bank.formats.xlsx.settings import settings_in, settings_text
from question_bank.kinds import kind_of, kinds
from question_bank.question import from_content, to_content
from question_bank.text import clean
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
# Signs that part texts, answers and settings, where they are only a text.
SIGNS = st.lists(
    st.sampled_from(
        ["=", " = ", "\\", "|", " | ", ";", "; ", ":", ",", "\n", "Đơn vị", "Số chữ tối đa", "a", "Đ", "$"]
    ),
    min_size=1,
    max_size=8,
).map("".join)
WORDS = {str: SIGNS | TEXTS, bool: st.booleans(), int: st.integers(0, 1500)}


@st.composite
def written(draw, kind):
    """A question of a kind, some of whose texts and settings are anything."""
    rows = [
        tuple(
            draw(st.just(cell) | SIGNS | TEXTS) if column.cell is Cell.TEXT and cell else cell
            for column, cell in zip(kind.table.columns, row, strict=True)
        )
        for row in (kind.rows(kind.example) if kind.table else ())
    ]
    settings = {
        setting.code: draw(
            st.sampled_from([code for code, _ in setting.choices]) if setting.choices else WORDS[type(setting.default)]
        )
        for setting in kind.settings
        if draw(st.booleans())
    }
    return kind.with_settings(kind.with_rows(kind.example, rows), settings)


def read_back(asked):
    """The question that the cells of a question tell."""
    kind, (cells, key) = kind_of(asked.kind), answer_cells(asked)
    rows = rows_of(kind, [clean(cell) for cell in cells], clean(key))
    return kind.with_settings(kind.with_rows(asked, rows), settings_in(kind, clean(settings_text(asked))))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_whatever_a_kind_holds_reads_back_equal(kind):
    @settings(max_examples=100, deadline=None)
    @given(written(kind))
    def reads_back(asked):
        asked = from_content(to_content(asked))
        asked = kind.with_settings(asked, dict(asked.settings))  # a text of spaces only is no decision
        if not problems_in(asked):
            assert read_back(asked) == kind.with_rows(asked, kind.rows(asked))

    reads_back()


@pytest.mark.parametrize(
    ("asked", "cells", "key"),
    [
        (question(), ["Huế", "Hà Nội", "Đà Nẵng"], "B"),
        (question("multiple"), ["Huế", "Hà Nội", "Đà Nẵng"], "A, C"),
        (question("true_false", key=False), [], "Sai"),
        (question("statements", options=options("1", "2"), key=(True, False)), ["1", "2"], "Đ, S"),
        (question("short_text", key=("a", "b|c", "d\\")), [], "a | b\\|c | d\\"),
        (question("number", key="12,5"), [], "12,5"),
        (question("matching", items=("x = 1",), key=("b",)), ["x \\= 1 = Hà Nội", "= Huế", "= Đà Nẵng"], ""),
        (question("prediction"), [], ""),
    ],
)
def test_cells_are_written_as_a_committee_would(asked, cells, key):
    assert answer_cells(asked) == (cells, key)


@pytest.mark.parametrize(
    ("key", "right"),
    [
        ("B. Hà Nội", [1]),
        ("b) hà nội", [1]),
        ("Hà Nội", [1]),
        ("AB", [0, 1]),
        ("A và C", [0, 2]),
        ("A", [0]),
        ("1945", [2]),
    ],
)
def test_a_key_may_repeat_its_option_or_name_several(key, right):
    rows = rows_of(kind_of("multiple"), ["B", "Hà Nội", "1945"], key)
    assert [place for place, (mark, _text) in enumerate(rows) if mark] == right


@pytest.mark.parametrize(
    ("kind", "cells", "key", "code", "field"),
    [
        ("single", ["a", "b"], "Z", "key_unknown", "key"),
        ("multiple", ["AB", "b"], "AB", "docx_which", "key"),
        ("single", ["a", "b"], "B. a", "docx_which", "key"),
        ("single", ["Huế", "Vinh"], "Hà Nội", "key_unknown", "key"),
        ("single", ["Huế", "huế"], "Huế", "key_unknown", "key"),
        ("multiple", ["a", "b"], "A a", "key_repeated", "key"),
        ("true_false", [], "Đúng, Sai", "key_not_true_false", "key"),
        ("true_false", ["", "x"], "Đúng", "options_unwanted", "options.1"),
        ("ordering", ["a", "b"], "A", "key_unwanted", "key"),
        ("prediction", [], "12", "key_unwanted", "key"),
        ("prediction", ["x"], "", "options_unwanted", "options.0"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(kind, cells, key, code, field):
    with pytest.raises(WrongCell) as raised:
        rows_of(kind_of(kind), cells, key)
    assert (raised.value.code, raised.value.field) == (code, field)


@pytest.mark.parametrize("sign", ["\\", "|", "= ", " =", "; ", "a;"])
def test_a_cell_full_of_signs_is_read(sign):
    text = sign * (32_000 // len(sign))
    rows_of(kind_of("short_text"), [], text)
    rows_of(kind_of("matching"), [text], "")
    assert settings_in(kind_of("number"), f"Đơn vị: {text}")["unit"] == clean(text)
