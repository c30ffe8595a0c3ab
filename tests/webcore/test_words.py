import pytest
from flask import Flask
from flask_babel import lazy_gettext

from contest.errors import DomainError, NotFound, Written
from contest.web import words


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_told_sentence_is_filled_with_the_values_of_the_error(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_sentences", {})
    words.tell({"too_many": lazy_gettext("At most %(max)s, not %(given)s.")})
    with app.test_request_context(headers={"Cookie": "locale=en"}):
        assert words.sentence(DomainError("too_many", max=3, given=4)) == "At most 3, not 4."
    assert words.has_sentence("too_many")


@pytest.mark.parametrize(
    ("locale", "told"), [("vi", "1 to 20.000, not 2026 or -1.500"), ("en", "1 to 20,000, not 2026 or -1,500")]
)
def test_numbers_are_grouped_as_the_reader_groups_them_and_what_is_text_is_left(
    app: Flask, monkeypatch: pytest.MonkeyPatch, locale: str, told: str
) -> None:
    monkeypatch.setattr(words, "_sentences", {"range": lazy_gettext("%(min)s to %(max)s, not %(year)s or %(low)s")})
    with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
        assert words.sentence(DomainError("range", min=1, max=20_000, year="2026", low=-1500)) == told


@pytest.mark.parametrize(
    ("locale", "told"),
    [("vi", "“A &amp; B”: 5 điểm."), ("en", '“<span lang="vi">A &amp; B</span>”: 5 điểm.')],
)
def test_what_people_wrote_says_its_language(
    app: Flask, monkeypatch: pytest.MonkeyPatch, locale: str, told: str
) -> None:
    monkeypatch.setattr(words, "_sentences", {"points": lazy_gettext("“%(name)s”: %(max)s điểm.")})
    with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
        found = words.sentence(DomainError("points", name=Written("A & B"), max=5))
    assert found == told
    assert hasattr(found, "__html__")


def test_sentence_without_values_may_hold_a_percent_sign(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_sentences", {"half": lazy_gettext("At least 50 %.")})
    with app.test_request_context(headers={"Cookie": "locale=en"}):
        assert words.sentence(DomainError("half")) == "At least 50 %."


def test_code_without_a_sentence_still_gives_one(app: Flask) -> None:
    with app.test_request_context():
        assert "moon_full" in words.sentence(DomainError("moon_full"))
        assert words.sentence(NotFound()) not in {"", "not_found"}
    assert not words.has_sentence("moon_full")


def test_a_code_has_one_sentence_and_may_be_told_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_sentences", {})
    words.tell({"half": lazy_gettext("At least 50 %.")})
    words.tell({"half": lazy_gettext("At least 50 %.")})
    with pytest.raises(ValueError, match="half"):
        words.tell({"full": lazy_gettext("All."), "half": lazy_gettext("At most 50 %.")})
    assert not words.has_sentence("full")
