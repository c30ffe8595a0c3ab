import pytest

from question_bank.formats.html_text import is_html, text_of_html, text_of_plain
from question_bank.markup import html as page_of
from question_bank.markup import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\n\nHai"),
        ("<p>a<br></p><p><br></p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("x<sub>2</sub> là <b>hai</b><br>dòng", "x~2~ là **hai**\ndòng"),
        ("<p>a <b> b </b> c</p>", "a **b** c"),
        ("<b>a<br>b</b>", "**a\nb**"),
        ("<p><b>a</p><p>b</b></p>", "**a**\n\n**b**"),
        ("<b>a</b><strong>b</strong>", "**ab**"),
        ("<strong><em>a</em></strong>", "***a***"),
        ("<u>gạch</u> chân", "**gạch** chân"),
        ("1 &lt; 2 &amp; 3&nbsp;&gt; 2", "1 < 2 & 3 > 2"),
        ("<script>alert(1)</script>Hỏi<style>p{}</style>", "Hỏi"),
        ("<b></b>trống", "trống"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<p>Hỏi:</p><ul><li>a</li></ul><p>b</p>", "Hỏi:\n- a\n\nb"),
        ("<ol><li><p>a</p></li><li>b<ul><li>c</li></ul></li><li>d</li></ol>", "1. a\n2. b\n   - c\n3. d"),
        ('<p>a</p><ol start="3"><li>b</li></ol>', "a\n\n3. b"),
        ('<ol><li value="1">a</li><li value="3">b</li></ol>', "1. a\n3. b"),
        ("<blockquote><p>a<br>b</p></blockquote>c", "> a\n> b\n\nc"),
        ("<pre><code>x\n  y\n</code></pre>", "```\nx\n  y\n```"),
        ("gõ <code>a`b</code>", "gõ `` a`b ``"),
        (
            "<p>Bảng</p><table><tr><th>A</th><th>B|C</th></tr><tr><td><b>1</b></td></tr></table>cuối",
            "Bảng\n\n| A | B\\|C |\n|---|---|\n| **1** |  |\n\ncuối",
        ),
        (r"<p>Tính \(a&lt;b\) và$$x^2$$ xong \[y\]</p>", "Tính $a<b$ và $$x^2$$ xong $$y$$"),
        (r"a\(x\)b", "a $x$ b"),
        ("<h2>Phần I</h2>Đọc", "Phần I\n\nĐọc"),
        ("<ul><li><ul><li>a", "- a"),
    ],
)
def test_what_a_page_says_is_kept_in_our_marks(html, text):
    assert text_of_html(html) == (text, frozenset())


@pytest.mark.parametrize(
    ("html", "text", "lost"),
    [
        ('Hình <img src="x.png" alt="bản đồ">', "Hình [bản đồ]", "pictures_dropped"),
        ("<audio controls><source src='a.mp3'>tải về</audio> nghe", "[…] nghe", "pictures_dropped"),
        ("<a href='https://x/y.mp3'>bài hát</a>", "[bài hát]", "pictures_dropped"),
        ("<video src='a.mp4'></video>xem", "xem", "pictures_dropped"),
        ("<table><tr><td colspan='2'>a</td></tr></table>", "| a |\n|---|", "pictures_dropped"),
        ("h<u>ea</u>t", "heat", "marks_dropped"),
        ("x<sup>n+1</sup>", "x^(n+1)", "marks_dropped"),
        ("x<sub>a b</sub>", "x_(a b)", "marks_dropped"),
        ("x<sup>2</sup>y", "x^(2)y", "marks_dropped"),
    ],
)
def test_what_our_marks_cannot_hold_is_told(html, text, lost):
    assert text_of_html(html) == (text, {lost})


@pytest.mark.parametrize(
    "said",
    [
        "2 * 3 * 4 **a**",
        "giá $5$",
        "`mã`",
        "a~2~",
        "m^2^",
        "| a |\n|---|",
        "![h](media:" + "a" * 64 + ")",
        r"\- \$",
        "***",
    ],
)
def test_what_only_looks_like_a_mark_is_shown_as_it_stands(said):
    html = said.replace("\n", "<br>")
    for text in (text_of_html(html).text, text_of_plain(said, has_formulas=False)):
        assert "".join(plain(text).split()) == "".join(said.split())
        assert "<strong>" not in page_of(text, lambda _: None)


def test_media_are_shown_by_what_is_found_at_their_addresses():
    asked = []

    def mark_of(address, description):
        asked.append((address, description))
        return f"<{len(asked)}>"

    html = (
        "<img src='1.png' alt='một'><audio src='2.mp3' title='hai'>x</audio>"
        "<audio><source src='3.ogg'><source src='4.mp3'></audio><a href='5.mp3?x'>năm</a><a href='6.html'>sáu</a>"
    )
    assert text_of_html(html, mark_of).text == "<1><2><3><4>sáu"
    assert asked == [("1.png", "một"), ("2.mp3", "hai"), ("3.ogg", ""), ("5.mp3?x", "năm")]


@pytest.mark.parametrize(
    ("text", "formulas", "shown"),
    [
        (r"a \(x^2\) b", True, "a $x^2$ b"),
        (r"a \(x^2\) b", False, r"a \(x^2\) b"),
        ("giá $5 và $6", True, "giá $5 và $6"),
        ("a  b\n\nc", True, "a  b\n\nc"),
    ],
)
def test_plain_texts_stay_as_they_are(text, formulas, shown):
    assert text_of_plain(text, has_formulas=formulas) == shown


@pytest.mark.parametrize(
    ("text", "expected"), [("<p>a", True), ("a<br/>b", True), ("1 < 2 > 0", False), ("a <x> b", False)]
)
def test_only_tags_are_taken_for_html(text, expected):
    assert is_html(text) is expected


@pytest.mark.parametrize(
    "attack", ["<ul><li>", "<blockquote>", "<b>", "<table><tr><td>", "<", "<!--", "<sub>", "\\(", "&", "<a ", "[", "*"]
)
def test_hostile_html_is_read_to_its_end(attack):
    assert isinstance(text_of_html(attack * 5_000).text, str)
