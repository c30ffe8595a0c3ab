import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats.base import UnusableFile
from question_bank.formats.qti.xml import MOST_DEPTH, node, tree_of, written


def tree(content):
    return tree_of(content.encode(), "not_qti")


@pytest.mark.parametrize(
    ("content", "name", "attributes"),
    [
        ('<simpleChoice identifier="A"/>', "simpleChoice", {"identifier": "A"}),
        ('<q:simpleChoice xmlns:q="urn:x" xml:lang="vi"/>', "simpleChoice", {"lang": "vi"}),
        ('<qti-simple-choice template-identifier="A"/>', "simpleChoice", {"templateIdentifier": "A"}),
        ('<qti-item-body data-x-y="1"/>', "itemBody", {"dataXY": "1"}),
        ('<annotation-xml data-x="1"/>', "annotation-xml", {"data-x": "1"}),
    ],
)
def test_names_of_every_version_are_the_same(content, name, attributes):
    found = tree(content)
    assert (found.name, found.attributes) == (name, attributes)


def test_what_stands_inside_is_found():
    found = tree("<a> x <b>y<c/></b>\n<c>z</c></a>")
    assert [each.name for each in found.nodes()] == ["b", "c"]
    assert [each.name for each in found.inside()] == ["b", "c", "c"]
    assert [each.text() for each in found.inside("c")] == ["", "z"]
    assert found.first("c", "d").text() == "z"
    assert found.first("d") is None
    assert found.text() == "x y z"


SHOWABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\n\t<>&\"'"), max_size=15
)


@settings(max_examples=60, deadline=None)
@given(SHOWABLE, SHOWABLE)
def test_what_is_written_reads_back(text, value):
    found = tree_of(written(node("a", node("b", text), key=value)), "not_qti")
    assert (found.attributes, found.all_text()) == ({"key": value}, text)


def test_characters_that_no_file_can_hold_become_spaces():
    assert tree_of(written(node("a", "x\0y", key="\x1b")), "not_qti").all_text() == "x y"


def test_depth_and_number_are_bounded():
    assert tree("<a>" * MOST_DEPTH + "</a>" * MOST_DEPTH).name == "a"
    with pytest.raises(UnusableFile):
        tree("<a>" * (MOST_DEPTH + 1) + "</a>" * (MOST_DEPTH + 1))
    assert len(tree_of(b"<a><b/><b/></a>", "not_qti", most=3).nodes()) == 2
    with pytest.raises(UnusableFile):
        tree_of(b"<a><b/><b/><b/></a>", "not_qti", most=3)
