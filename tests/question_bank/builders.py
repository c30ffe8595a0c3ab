"""Questions for the tests of the bank."""

from question_bank.question import Option, Question

_CONTENT = {
    "kind": "single",
    "text": "Thủ đô của Việt Nam là thành phố nào?",
    "options": (Option("a", "Huế"), Option("b", "Hà Nội"), Option("c", "Đà Nẵng")),
    "key": "b",
    "topic": "Địa lý",
    "difficulty": 2,
    "explanation": "",
    "source": "Hiến pháp 2013, Điều 13",
}
_BY_KIND = {
    "single": {},
    "multiple": {"key": ("a", "c")},
    "true_false": {"options": (), "key": True},
    "short_text": {"options": (), "key": ("Hà Nội", "Thủ đô Hà Nội")},
    "number": {"options": (), "key": "1234,5"},
    "prediction": {"options": (), "key": None},
    "statements": {
        "options": tuple(Option(letter, f"Ý thứ {letter}") for letter in "abcd"),
        "key": (True, False, False, True),
    },
    "matching": {"items": ("Việt Nam", "Lào", "Thái Lan"), "key": ("b", "a", "c")},
    "ordering": {"key": ("c", "a", "b")},
    "gap_fill": {
        "text": "Thủ đô là [[1]], bên sông [[2]].",
        "options": (),
        "key": ((("Hà Nội", "Thăng Long"), ()), (("Hồng",), ("Đà", "Mã"))),
    },
}


def question(kind: str = "single", **changes: object) -> Question:
    """Return a good question of a kind, with some fields changed."""
    return Question(**(_CONTENT | {"kind": kind} | _BY_KIND.get(kind, {}) | changes))


def options(*texts: str) -> tuple[Option, ...]:
    """Return options a, b, … with these texts."""
    return tuple(Option(letter, text) for letter, text in zip("abcdefghijkl", texts, strict=False))
