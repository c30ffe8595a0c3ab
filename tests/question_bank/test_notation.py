import pytest

from question_bank.notation import MOST_CELLS, line_tokens, tokens

CHARACTERS = {"text", "softbreak"}


def leaves(found):
    return [leaf for token in found for leaf in token.children or ()]


def marks(text):
    return [leaf.type for leaf in leaves(tokens(text)) if leaf.type not in CHARACTERS]


@pytest.mark.parametrize(
    "text",
    [
        "Giá 100 $ và 200 $",
        "Giá $5 và $10",
        "100$/200$",
        "US$100, A$200",
        "trả ($5) hay ($6)",
        "bằng $, € hay $",
        "đơn vị (US$) và (A$)",
        "tính bằng $ theo *",
        "2*3*4 và 5 * 3",
        "(*) Ghi chú (*)",
        "* Lưu ý",
        "** a **",
        "*****",
        "Điền vào ____ và (____), ___.",
        "ten_tep_cau_hoi_1",
        "# 1",
        "#hashtag",
        "---",
        "- - - - -",
        "a^2+b^2=c^2",
        "10^6, x^2y^3",
        "~5 km, ~10 km",
        "~~gạch~~",
        "1) Một",
        "a) Một",
        "1.",
        "1.5 triệu",
        "-5 độ",
        "> 18 tuổi",
        ">= 18",
        "Việt Nam | Lào",
        "C:\\Windows\\_x",
        "[chữ](https://a.vn)",
        "![hình](https://a.vn/a.png)",
        "![hình](media:abc)",
        f"![hình](media:{'A' * 64})",
        "![hình](javascript:alert(1))",
        "https://a.vn/x_y_z?a=1",
        "    thụt vào",
        "```mã",
    ],
)
def test_characters_are_no_marks(text):
    assert [token.type for token in tokens(text)] == ["paragraph_open", "inline", "paragraph_close"]
    assert marks(text) == []
    assert "".join(leaf.content for leaf in leaves(tokens(text))) == text.strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$", "formula"),
        ("$$x$$", "formula"),
        ("$một$", None),
        (r"$\text{một}$", "formula"),
        ("m^2^", "sup"),
        ("m^12345678901^", None),
        ("H~2~", "sub"),
        ("~2~5", None),
        ("`x`", "code_inline"),
        (f"![Bản đồ](media:{'a' * 64})", "medium"),
        (f"![Bản đồ](media:{'a' * 63})", None),
    ],
)
def test_a_mark_and_what_just_misses_being_one(text, found):
    assert marks(text) == ([found] if found else [])


def test_a_mark_says_what_it_holds():
    [medium, formula] = [leaf for leaf in leaves(tokens(f"![Bản đồ](media:{'a' * 64})$$ x $$")) if leaf.type != "text"]
    assert (medium.content, medium.info) == ("Bản đồ", "a" * 64)
    assert (formula.content, formula.block, formula.markup) == ("x", True, "$$ x $$")


def test_within_a_line_there_are_no_blocks():
    assert next(token.type for token in tokens("- một")) == "bullet_list_open"
    assert [(token.type, token.children[0].content) for token in line_tokens("- một")] == [("inline", "- một")]


@pytest.mark.parametrize(("rows", "is_table"), [(MOST_CELLS // 10 - 2, True), (MOST_CELLS // 10 - 1, False)])
def test_a_table_is_as_large_as_people_read(rows, is_table):
    text = "\n".join(["|".join("a" * 10), "|".join("-" * 10), *["a"] * rows])
    assert (tokens(text)[0].type == "table_open") is is_table
    assert sum(token.type == "td_open" for token in tokens(text)) == (rows * 10 if is_table else 0)
