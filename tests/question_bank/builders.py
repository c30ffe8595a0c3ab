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
}


def question(kind: str = "single", **changes: object) -> Question:
    """Return a good question of a kind, with some fields changed."""
    return Question(**(_CONTENT | {"kind": kind} | _BY_KIND.get(kind, {}) | changes))


def options(*texts: str) -> tuple[Option, ...]:
    """Return options a, b, … with these texts."""
    return tuple(Option(letter, text) for letter, text in zip("abcdefghijkl", texts, strict=False))
