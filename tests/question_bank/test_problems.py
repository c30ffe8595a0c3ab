import re
import string
import unicodedata
from pathlib import Path

import pytest

import question_bank.kinds  # noqa: F401 - kinds bring sentences of their own
from question_bank.problems import SENTENCES, sentence

PACKAGE = Path(__file__).parents[2] / "question_bank"


def names(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same(code):
    vietnamese, english = SENTENCES[code]
    assert names(vietnamese) == names(english)
    assert vietnamese != english
    assert unicodedata.is_normalized("NFC", vietnamese)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_used(code):
    sources = [file.read_text("utf-8") for file in PACKAGE.rglob("*.py") if not file.name.endswith("problems.py")]
    used = {found for source in sources for found in re.findall(r'"([a-z_]+)"', source)}
    made = {f"{field}_missing" for field in ("text", "topic", "source")}
    assert code in used | made


def test_values_are_filled_in():
    assert sentence("option_repeated", {"option": "B", "other": "A"}) == "Phương án B trùng với phương án A."
    assert sentence("option_repeated", {"option": "B", "other": "A"}, "en") == "Option B is the same as option A."


def test_braces_in_values_are_left_alone():
    assert "{0}" in sentence("key_unknown", {"option": "{0}"})
