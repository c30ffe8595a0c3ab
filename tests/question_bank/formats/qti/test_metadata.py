from datetime import date

import pytest

from question_bank.formats.base import Bank
from question_bank.formats.qti.metadata import Metadata, bank_facts, bank_lom, lom_of, metadata_of
from question_bank.formats.qti.xml import node, tree_of
from tests.question_bank.builders import question


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (question(), Metadata("C-1", "Địa lý", 2, "Hiến pháp 2013, Điều 13")),
        (
            question(topic="A/B / C / D", difficulty=5, tags=("một", "hai ba")),
            Metadata("C-1", "A/B / C / D", 5, "Hiến pháp 2013, Điều 13", ("một", "hai ba")),
        ),
    ],
)
def test_what_is_written_reads_back(asked, said):
    assert metadata_of(node("metadata", lom_of("C-1", asked))) == said


def test_a_resource_without_metadata_says_nothing():
    assert metadata_of(node("resource")) == Metadata()


@pytest.mark.parametrize(
    ("value", "difficulty"),
    [
        ("very easy", 1),
        ("Easy", 2),
        ("medium", 3),
        ("difficult", 4),
        ("very_difficult", 5),
        ("1", 1),
        ("5", 5),
        ("6", 0),
        ("LOMv1.0", 0),
    ],
)
def test_difficulty_is_told_by_word_or_number(value, difficulty):
    content = f"<m><lom><educational><difficulty><value><langstring>{value}</langstring></value></difficulty></educational></lom></m>"
    assert metadata_of(tree_of(content.encode(), "not_qti")).difficulty == difficulty


def test_a_code_that_is_too_long_is_left_to_the_item():
    content = f"<m><lom><general><identifier><entry>{'x' * 51}</entry></identifier></general></lom></m>"
    assert metadata_of(tree_of(content.encode(), "not_qti")).code == ""


def test_what_questions_are_not_based_on_is_no_source():
    kind = "<kind><value>requires</value></kind><resource><description>X</description></resource>"
    content = f"<m><lom><relation>{kind}</relation></lom></m>"
    assert metadata_of(tree_of(content.encode(), "not_qti")).source == ""


@pytest.mark.parametrize("day", [None, date(2026, 9, 30)])
def test_title_and_day_of_a_bank_read_back(day):
    assert bank_facts(node("metadata", bank_lom(Bank((), "Tuần 1", day)))) == ("Tuần 1", day)


def test_a_day_that_is_none_is_left_out():
    lom = bank_lom(Bank((), "", date(2026, 9, 30)))
    next(lom.inside("dateTime")).children = ["30/9/2026"]
    assert bank_facts(node("metadata", lom)) == ("", None)
