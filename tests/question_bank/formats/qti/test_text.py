import pytest

from question_bank.formats.qti.interactions import WrongItem
from question_bank.formats.qti.text import text_of
from question_bank.formats.qti.xml import tree_of


def said(content):
    tree = tree_of(f"<x>{content}</x>".encode(), "not_qti")
    return text_of(tree.children, lambda address, words: f"![{words}](media:{'a' * 64})" if address == "a" else None)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>A</p>\n   <p>B\n   C</p>", "A\n\nB C"),
        ("<prompt>A</prompt><contentBody><p>B</p></contentBody>", "A\n\nB"),
        ("A<feedbackInline>B</feedbackInline><rubricBlock>C</rubricBlock>", "A"),
        ("<p>A &lt;b&gt;</p>", "A <b>"),
        ("<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>", "${x}^{2}$"),
        ('<p><math display="block"><mi>x</mi></math></p>', "$$x$$"),
        ('<img src="a" alt="h"/>', f"![h](media:{'a' * 64})"),
        ('<object data="a" type="image/png">h</object>', f"![h](media:{'a' * 64})"),
        ('<audio title="h"><source src="a"/></audio>', f"![h](media:{'a' * 64})"),
    ],
)
def test_elements_say_what_they_show(content, text):
    assert said(content).text == text
    assert said(content).lost == set()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<math><mtable/></math>", "formula_dropped"),
        ('<img src="b" alt="h"/>', "pictures_dropped"),
        ('<object data="a" type="video/mp4">h</object>', "pictures_dropped"),
        ('<object data="a" type="text/html"/>', "pictures_dropped"),
    ],
)
def test_what_is_lost_is_told(content, code):
    assert said(content).lost == {code}


def test_whole_pictures_in_addresses_do_not_count_as_text():
    address = "data:image/png;base64," + "A" * 100_000
    assert said(f'<p>x <img src="{address}" alt="h"/></p>').text == "x [h]"


def test_a_text_is_refused_from_where_it_could_not_be_read_any_more():
    assert len(said("<b></b>" + "a" * 39_993).text) == 39_993
    with pytest.raises(WrongItem) as refused:
        said("<b></b>" + "a" * 39_994)
    assert refused.value.code == "too_long"
    assert refused.value.values == {"length": 39_994, "most": 4000}
