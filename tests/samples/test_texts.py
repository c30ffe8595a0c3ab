import unicodedata

import pytest

from contest.entries.domain.limits import CLIPS
from contest.samples import texts
from contest.samples.texts import SampleEntry, sample_texts
from contest.samples.units import SCHOOLS

ENTRIES = (*sample_texts().entries, *sample_texts().open_entries)
HANDED_IN = [entry for entry in ENTRIES if entry.is_handed_in]


@pytest.mark.parametrize("path", sorted(texts.FILE.parent.parent.rglob("*.*[lny]")), ids=lambda path: path.name)
def test_every_sample_text_is_composed(path):
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", HANDED_IN, ids=lambda entry: entry.name)
def test_what_is_handed_in_is_of_a_length_that_pupils_write(entry: SampleEntry):
    lengths = [len(answer.text.split()) for answer in entry.answers if answer.form not in CLIPS]
    assert all(150 <= length <= 300 for length in lengths)


def test_every_group_has_two_prompts_of_two_questions():
    prompts = sample_texts().prompts
    for group in sample_texts().groups:
        asked = [prompt["questions"] for prompt in prompts if prompt["group"] == group["name"]]
        assert [len(questions) for questions in asked] == [2, 2]


def test_the_rubric_has_five_criteria_of_a_hundred_points():
    points = [row["points"] for row in sample_texts().criteria]
    assert (len(points), sum(points)) == (5, 100)


def test_every_entry_is_of_a_group_and_a_sample_school_and_of_the_age_for_it():
    groups = {group["name"]: range(group["age_from"], group["age_to"] + 1) for group in sample_texts().groups}
    schools = {code for code, _name, _people in SCHOOLS}
    for entry in ENTRIES:
        assert entry.age in groups[entry.group]
        assert entry.unit in schools
    assert {entry.group for entry in ENTRIES} == set(groups)


def test_one_name_is_as_long_as_names_get():
    assert max(len(entry.name) for entry in ENTRIES) > 45


def test_no_two_answers_are_the_same():
    written = [answer.text for entry in ENTRIES for answer in entry.answers if answer.text]
    assert len(set(written)) == len(written)
