import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats.html_text import text_of_html
from question_bank.formats.moodle.html import written
from question_bank.markup import plain

DIGEST = "a" * 64
WORDS = st.sampled_from(
    [
        *(
            "một",
            "hai ba",
            "**đậm**",
            "*nghiêng*",
            "***cả hai***",
            "H~2~O",
            "m^2^",
            "$x^2$",
            r"$$\frac{1}{2}$$",
            "`mã`",
        ),
        *(f"![hình](media:{DIGEST})", "1 < 2 & 3", r"\*", "[[1]]", "“ngoặc”", '"a"'),
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
SEVERAL = st.lists(LINES, min_size=1, max_size=3)
BLOCKS = (
    LINES
    | SEVERAL.map("\n".join)
    | SEVERAL.map(lambda lines: "\n".join(f"- {line}" for line in lines))
    | SEVERAL.map(lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1)))
    | LINES.map(lambda line: f"> {line}")
    | LINES.map(lambda line: f"| {line} | b |\n|---|---|\n| c | {line} |")
    | st.just("```\na  b\n  c\n```")
)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=3).map("\n\n".join)
SIGNS = st.text(st.sampled_from(list("*_~^$`|\\!-+>.1[]() \n<&ab")), min_size=1, max_size=14)


def mark_of(address, words):
    return f"![{words}](media:{address.removeprefix('@@PLUGINFILE@@/').partition('.')[0]})"


def read(found):
    return text_of_html(found.content, mark_of).text if found.style == "html" else found.content


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Câu hỏi", "<p>Câu hỏi</p>"),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("**a** *b* H~2~O m^2^", "<p><strong>a</strong> <em>b</em> H<sub>2</sub>O m<sup>2</sup></p>"),
        ("$x<1$ và $$y$$", r"<p>\(x&lt;1\) và $$y$$</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n3. b", '<ol><li value="1">a</li><li value="3">b</li></ol>'),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        (f"![bản đồ](media:{DIGEST})", f'<p><img src="@@PLUGINFILE@@/{DIGEST}.webp" alt="bản đồ"></p>'),
    ],
)
def test_marks_are_plain_tags(text, html):
    found = written(text)
    assert (found.content, found.style, found.is_kept) == (html, "html", True)


def test_an_option_stands_in_its_line():
    assert written("**a**\n- b", is_line=True).content == "<strong>a</strong><br>- b"


def test_a_sound_is_played():
    found = written(f"![bài nghe](media:{DIGEST})", lambda digest: f"{digest}.mp3").content
    assert found == f'<p><audio controls src="@@PLUGINFILE@@/{DIGEST}.mp3" title="bài nghe"></audio></p>'


def test_the_end_of_a_row_before_a_parenthesis_ends_no_formula():
    assert read(written(r"$a\\(b\\)$")) == r"$a\\ (b\\ )$"


@pytest.mark.parametrize("text", [r"**a** \(x\)", r"\[x\]", r"\$\$x\$\$"])
def test_what_only_looks_like_a_formula_of_theirs_stays_text(text):
    found = written(text)
    assert "<span></span>" in found.content
    assert read(found) == text


def test_a_text_whose_spaces_html_would_lose_stands_as_it_is():
    assert written("a  b") == ("a  b", "plain_text", True)


def test_what_a_reader_would_not_see_alike_is_told():
    assert not written("**đậm**\n\n>").is_kept
    assert written("- a\n\n- **b**").is_kept


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_texts_with_marks_read_back_with_all_of_them(text):
    found = written(text)
    assert found.is_kept
    assert plain(read(found)) == plain(text)


@settings(max_examples=200, deadline=None)
@given(SIGNS)
def test_no_sign_is_lost_or_becomes_a_mark_untold(text):
    found = written(text)
    assert not found.is_kept or "".join(plain(read(found)).split()) == "".join(plain(text).split())
