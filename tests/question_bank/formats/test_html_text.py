import pytest

from question_bank.formats.html_text import is_html, text_of_html


@pytest.mark.parametrize(
    ("html", "text", "has_lost"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\nHai", False),
        ("x<sub>2</sub> là <b>hai</b><br>dòng", "x~2~ là **hai**\ndòng", False),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b", False),
        ("1 &lt; 2 &amp; 3&nbsp;&gt; 2", "1 < 2 & 3 > 2", False),
        ("<script>alert(1)</script>Hỏi<style>p{}</style>", "Hỏi", False),
        ('Hình <img src="x.png" alt="bản đồ">', "Hình [bản đồ]", True),
        ("<b></b>trống", "trống", False),
    ],
)
def test_what_a_page_says_is_kept_in_our_marks(html, text, has_lost):
    assert text_of_html(html) == (text, has_lost)


@pytest.mark.parametrize(
    ("text", "expected"), [("<p>a", True), ("a<br/>b", True), ("1 < 2 > 0", False), ("a <x> b", False)]
)
def test_only_tags_are_taken_for_html(text, expected):
    assert is_html(text) is expected
