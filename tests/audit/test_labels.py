import pytest
from flask import Flask
from flask_babel import lazy_gettext

from contest.audit import labels
from contest.audit.domain import Fault, Finding


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "_words", {})


def test_told_act_has_its_words(app: Flask, words: None) -> None:
    labels.tell({"round.postponed": lazy_gettext("Postponed a round")})
    with app.test_request_context(headers={"Cookie": "locale=en"}):
        assert labels.act_words("round.postponed") == "Postponed a round"
    assert labels.has_words("round.postponed")


def test_unknown_act_shows_its_code(app: Flask, words: None) -> None:
    assert labels.act_words("moon.landed") == "moon.landed"
    assert not labels.has_words("moon.landed")


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_sentence_that_names_the_record(app: Flask, fault: Fault) -> None:
    with app.test_request_context():
        assert "17" in labels.finding_words(Finding(fault, 17))


def test_person_without_details_is_named_by_number(app: Flask) -> None:
    with app.test_request_context():
        assert labels.actor_words(3, {3: "Lý Thị Mẩy"}) == "Lý Thị Mẩy"
        assert "4" in labels.actor_words(4, {3: "Lý Thị Mẩy"})
        assert labels.actor_words(None, {}) not in {"", "None"}
