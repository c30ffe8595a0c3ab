import pytest

from question_bank.formats.qti.body import MATHML, PackedMedium, blocks_of, line_of
from question_bank.formats.qti.xml import node, written

DIGEST = "a" * 64


def drawn(children):
    return written(node("x", *children)).decode().partition("<x>")[2].removesuffix("</x>\n")


def find(mime="image/png"):
    return lambda digest: PackedMedium(f"media/{digest[:2]}", mime) if mime else None


@pytest.mark.parametrize(
    ("text", "xhtml"),
    [
        ("A & <b>\nB\n\nC", "<p>A &amp; &lt;b&gt;<br/>B</p><p>C</p>"),
        (
            "**a** *b* x^2^ H~2~O `c`",
            "<p><strong>a</strong> <em>b</em> x<sup>2</sup> H<sub>2</sub>O <code>c</code></p>",
        ),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("+ a\n  1. b\n  2. c", '<ul class="marked-plus"><li>a<ol><li>b</li><li>c</li></ol></li></ul>'),
        ("3. a\n4. b", "<div><div>3. a</div><div>4. b</div></div>"),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("```\na  b\n```", "<pre><code>a  b\n</code></pre>"),
        ("| a |\n|---|\n| b |", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
        ("| a |\n|---|", "<table><tbody><tr><th>a</th></tr></tbody></table>"),
        (f"![h](media:{DIGEST})", '<p><img src="media/aa" alt="h"/></p>'),
        ("$x$", f'<p><math xmlns="{MATHML}" alttext="x"><mi>x</mi></math></p>'),
        ("[[1]] và [[2]]", "<p><gap/> và [[2]]</p>"),
        ("**[[1]]**", "<p><strong><gap/></strong></p>"),
        ("`[[1]]`", "<p><code>[[1]]</code></p>"),
        ("", ""),
    ],
)
def test_texts_become_the_xhtml_of_qti(text, xhtml):
    assert drawn(blocks_of(text, find(), {1: node("gap")})) == xhtml


def test_a_text_inside_a_line_has_no_paragraphs():
    assert drawn(line_of("- a\n**b**", find())) == "- a<br/><strong>b</strong>"


@pytest.mark.parametrize(
    ("mime", "xhtml"),
    [
        ("image/webp", '<img src="media/aa" alt="tên"/>'),
        ("audio/mpeg", '<object data="media/aa" type="audio/mpeg">tên</object>'),
        ("", "<span>[tên]</span>"),
    ],
)
def test_media_are_elements_by_their_type(mime, xhtml):
    assert drawn(line_of(f"![tên](media:{DIGEST})", find(mime))) == xhtml
