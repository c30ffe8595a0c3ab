import re
import string
import unicodedata
from pathlib import Path

import pytest

from question_bank.lint.remark import SENTENCES, Remark
from question_bank.problems import SENTENCES as PROBLEMS

PACKAGE = Path(__file__).parents[3] / "question_bank" / "lint"


def names(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same(code):
    vietnamese, english = SENTENCES[code]
    assert names(vietnamese) == names(english)
    assert vietnamese != english
    assert unicodedata.is_normalized("NFC", vietnamese)


def test_every_sentence_is_used_and_every_code_is_its_own():
    sources = [file.read_text("utf-8") for file in PACKAGE.glob("*.py") if file.name != "remark.py"]
    used = {found for source in sources for found in re.findall(r'"([a-z_]+)"', source)}
    assert set(SENTENCES) <= used
    assert not SENTENCES.keys() & PROBLEMS.keys()


def test_values_are_filled_in():
    remark = Remark("near_duplicate", values={"other": "C{0}7"})
    assert remark.sentence() == "Gần như trùng với câu C{0}7."
    assert remark.sentence("en") == "Nearly the same as question C{0}7."
