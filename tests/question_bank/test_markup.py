from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.formats.json_file import read_questions
from question_bank.formulas import _ATTRIBUTES, _ELEMENTS
from question_bank.markup import Medium, faults_in, html, inline_html, media_in, plain, plain_line

MAP, TALK, LOST = "a" * 64, "b" * 64, "c" * 64
MEDIA = {MAP: Medium("media/map?a=1&b=2", "picture", 640, 480), TALK: Medium("media/talk", "audio")}
PLAIN = {
    *("p", "br", "strong", "em", "sup", "sub", "ul", "ol", "li", "blockquote", "pre", "code", "div", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "img", "audio"),
}
WRITTEN = {"class", "tabindex", "value", "src", "alt", "width", "height", "controls", "preload", "aria-label"}


def shown(text):
    return html(text, MEDIA.get)


@pytest.mark.parametrize("text", ["a < b & c", "<script>alert(1)</script>", "&lt;b&gt;", "\"'", "<!--", "]]>"])
def test_signs_of_html_are_text(text):
    assert "<p>" in shown(text)
    assert text_of(shown(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**đậm**, *nghiêng*", "<p><strong>đậm</strong>, <em>nghiêng</em></p>"),
        ("(**đậm**)", "<p>(<strong>đậm</strong>)</p>"),
        ("**Điều 5.** Nội dung", "<p><strong>Điều 5.</strong> Nội dung</p>"),
        ("***cả hai***", "<p><em><strong>cả hai</strong></em></p>"),
        ("một\nhai\n\nba", "<p>một<br>hai</p><p>ba</p>"),
        ("H~2~O và m^2^", "<p>H<sub>2</sub>O và m<sup>2</sup></p>"),
        ("Ca^2+^", "<p>Ca<sup>2+</sup></p>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("```\n<b>\n```", '<pre tabindex="0"><code>&lt;b&gt;\n</code></pre>'),
        ("> Trích dẫn", "<blockquote><p>Trích dẫn</p></blockquote>"),
        ("- một\n- hai", '<ul class="marked-minus"><li>một</li><li>hai</li></ul>'),
        ("+ một", '<ul class="marked-plus"><li>một</li></ul>'),
        ("3. ba\n1. một", '<ol><li value="3">ba</li><li value="1">một</li></ol>'),
        ("\\*a\\* \\$5$", "<p>*a* $5$</p>"),
        ("\\- một", "<p>- một</p>"),
        ("$5 triệu/$6 triệu", "<p>$5 triệu/$6 triệu</p>"),
    ],
)
def test_marks(text, expected):
    assert shown(text) == expected


def test_tables_move_in_a_frame_of_their_own():
    table = shown("| Năm | Số |\n|---|--:|\n| 2025 | **1** |")
    assert table.startswith('<div class="marked-table" tabindex="0"><table><thead><tr><th>Năm</th>')
    assert "<td><strong>1</strong></td>" in table


def test_media_and_what_is_missing():
    assert shown(f"![Bản đồ <1>](media:{MAP})") == (
        '<p><img class="medium-picture" src="media/map?a=1&amp;b=2" alt="Bản đồ &lt;1&gt;" width="640" height="480"></p>'
    )
    sound = shown(f"![Bài nghe](media:{TALK})")
    assert f'<audio controls preload="none" src="media/talk" aria-label="Bài nghe" data-medium="{TALK}">' in sound
    assert "<span>Bài nghe</span>" in sound
    assert shown(f"![Mất](media:{LOST})") == '<p><span class="medium-missing">[Mất]</span></p>'


def test_formulas_beside_money():
    assert "<math" in shown("Cho $x^2$, giá 5 $")
    assert shown("Cho $x^2$, giá 5 $").count("<math") == 1
    assert 'display="block"' in shown("Cho\n$$\nx\n$$")
    assert '<span class="formula-source">x^2</span>' in shown("$x^2$")
    assert shown("$a/b$ và $c$").count("<math") == 2
    assert "<math" in shown(r"$\text{diện tích} = a^2$")
    assert "<math" not in shown("$một và hai$")


def test_a_formula_that_may_be_wider_than_a_phone_moves_in_a_frame_of_its_own():
    assert 'class="formula formula-wide" tabindex="0"' in inline_html("$" + "a+" * 13 + "$", MEDIA.get)
    assert 'class="formula">' in inline_html("$" + "a+" * 12 + "a$", MEDIA.get)
    assert 'class="formula formula-block" tabindex="0"' in inline_html("$$" + "a+" * 13 + "$$", MEDIA.get)


def test_a_broken_formula_is_shown_as_typed():
    assert shown(r"$\frac{$") == r"<p><code>$\frac{$</code></p>"


def test_a_gap_is_one_in_prose_only():
    text = "Điền [[1]]: $[[1]]$ `[[1]]`"
    assert shown(text).count("[[1]]") == 1
    assert "[[1]]:" in shown(text)


def test_options_stay_in_their_line():
    assert inline_html("1. một\n- **hai**", MEDIA.get) == "1. một<br>- <strong>hai</strong>"
    assert "<img" in inline_html(f"![a](media:{MAP})", MEDIA.get)


def test_what_a_text_says():
    text = f"**Hỏi:** $x^2$ ![Bản đồ](media:{MAP})\n\n- một\n- hai\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert plain(text) == "Hỏi: x^2 Bản đồ\n- một\n- hai\na b\n1 2"


def test_what_an_option_says():
    text = f"**một**\n> hai\n- ![Bản đồ](media:{MAP})\n| a |\n|---|"
    assert plain_line(text) == "một\n> hai\n- Bản đồ\n| a |\n|---|"


def test_media_are_found_once_and_not_in_code():
    assert media_in(f"![a](media:{TALK}) ![b](media:{MAP}) ![c](media:{TALK})") == (TALK, MAP)
    assert media_in(f"- ![a](media:{MAP})") == (MAP,)
    assert media_in(f"`![a](media:{MAP})` media:{TALK} \\![a](media:{TALK})") == ()


def test_faults():
    text = rf"![ ](media:{MAP}) ![Bài nghe](media:{LOST}) $\frac{{$ $x$"
    assert [(fault.code, fault.text[:4]) for fault in faults_in(text, MEDIA.__contains__)] == [
        ("medium_unnamed", "![ ]"),
        ("medium_unknown", "![Bà"),
        ("formula_broken", r"$\fr"),
    ]
    assert [fault.code for fault in faults_in(text)] == ["medium_unnamed", "formula_broken"]


def test_the_sample_questions_look_as_they_were_typed(sample_texts):
    assert len(sample_texts) > 250
    assert [text for text in sample_texts if plain(text) != text] == []


@pytest.fixture(scope="session")
def sample_texts():
    with Path("question_bank/samples/chuyen_doi_so_1.json").open("rb") as file:
        questions = [item.question for item in read_questions(file.read()).questions]
    return list(chain.from_iterable((q.text, q.explanation, *(o.text for o in q.options)) for q in questions))


pieces = st.sampled_from(
    [
        *(
            "*",
            "**",
            "***",
            "_",
            "`",
            "```\n",
            "~",
            "^",
            "$",
            "$$",
            "\\",
            "|",
            "|-|\n",
            "\n",
            "\n\n",
            "\n  ",
            "> ",
            "- ",
        ),
        *(
            "+ ",
            "1. ",
            "<",
            ">",
            "&",
            '"',
            "'",
            "![",
            "](",
            "](media:",
            ")",
            "a",
            "ằ",
            " ",
            "{",
            "}",
            "\\frac",
            "\\text{",
        ),
        *(
            "\\begin{matrix}",
            "\\end{matrix}",
            "\\color{red}",
            "\\href{",
            "&#60;",
            "<b onclick=x>",
            "</p>",
            "\x00",
            "\u2028",
        ),
        *(f"![a](media:{MAP})", f'![" onerror="x](media:{TALK})', f"![](media:{LOST})", "javascript:x", "#", "=", "5"),
    ]
)


@given(st.lists(pieces, max_size=60).map("".join) | st.text(max_size=200))
def test_nothing_but_our_own_tags_comes_out(text):
    for written in (shown(text), inline_html(text, MEDIA.get)):
        page = Page(written)
        assert page.open == []
        for tag, attributes in page.seen:
            assert tag in PLAIN | _ELEMENTS
            assert {name for name, _ in attributes} <= WRITTEN | {"data-medium", "alttext"} | _ATTRIBUTES
            assert {value for name, value in attributes if name == "src"} <= {m.url for m in MEDIA.values()}


@given(
    st.lists(
        st.sampled_from(["*", "**", "_", "`", "```", "~", "|", "\n", "> ", "- ", "1. ", "  ", "b", "c "]), max_size=80
    )
)
def test_no_word_is_lost(parts):
    text = "".join(parts)
    assert letters(text_of(shown(text))) == letters(text) == letters(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        *("*a " * 2000, "a* " * 2000, "(*" * 2000, "***a " * 1000, "![" * 2000, "$a" * 2000, "`a" * 2000, "~a" * 2000),
        *("> " * 2000 + "a", "- " * 2000 + "a", "\n".join("  " * depth + "- a" for depth in range(60))),
        *("|a" * 1000 + "\n" + "|-" * 1000, "$\\hat{x}$" * 400, "$" + "'" * 400 + "$ "),
    ],
)
def test_hostile_texts_are_shown_whole(text):
    assert text_of(shown(text[:4000])).count("a") >= text[:4000].count("a")


class Page(HTMLParser):
    """The tags of a page, and those left open; void elements have no end."""

    def __init__(self, written):
        super().__init__()
        self.seen, self.open, self.words = [], [], []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def text_of(written):
    return "".join(Page(written).words)


def letters(text):
    return [character for character in text if character in "abc"]
