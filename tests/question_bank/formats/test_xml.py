import pytest

from question_bank.formats.base import UnusableFile
from question_bank.formats.xml import MOST_DEPTH, MOST_ELEMENTS, Walk, walk

REFUSAL = "not_xlsx"


class Silent:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.heard.append(f"{name} {attributes}")

    def end(self, name: str) -> None:
        self.heard.append(name)

    def text(self, data: str) -> None:
        self.heard.append(data)


def test_elements_are_told_without_their_namespaces() -> None:
    listener = Silent()
    walk(b'<w:p xmlns:w="urn:w" w:val="1">x</w:p>', listener, REFUSAL)
    assert listener.heard == ["p {'val': '1'}", "x", "p"]


@pytest.mark.parametrize(("depth", "is_refused"), [(MOST_DEPTH, False), (MOST_DEPTH + 1, True)])
def test_elements_stand_in_each_other_only_so_deep(depth: int, is_refused: bool) -> None:
    content = b"<a>" * depth + b"</a>" * depth
    if is_refused:
        with pytest.raises(UnusableFile, match="unpack"):
            walk(content, Silent(), REFUSAL)
    else:
        walk(content, Silent(), REFUSAL)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>&undeclared;</a>",
        b"<a>",
        b"",
    ],
)
def test_declared_entities_and_broken_parts_are_refused(content: bytes) -> None:
    with pytest.raises(UnusableFile) as refused:
        walk(content, Silent(), REFUSAL)
    assert refused.value.code == REFUSAL


class Deaf:
    def start(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def test_a_prefix_that_nobody_declared_is_left_out_as_well() -> None:
    listener = Silent()
    walk(b'<o:p v:a="1"/>', listener, REFUSAL)
    assert listener.heard == ["p {'a': '1'}", "p"]


def test_more_elements_than_any_bank_has_are_refused() -> None:
    with pytest.raises(UnusableFile, match="unpack"):
        walk(b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>", Deaf(), REFUSAL)


def test_a_file_in_pieces_says_in_which_line_it_is_and_where_it_is_broken() -> None:
    listener = Silent()
    way = Walk(listener, "xml_broken", "xml_unsafe")
    way.feed(b"<a>\n<b", is_last=False)
    way.feed(b"/>\n", is_last=False)
    assert (listener.heard, way.line) == (["a {}", "\n", "b {}", "b", "\n"], 3)
    with pytest.raises(UnusableFile) as refused:
        way.feed(b"  </c>", is_last=True)
    assert (refused.value.code, refused.value.values) == ("xml_broken", {"line": 3, "column": 5})
