import json
from itertools import islice
from pathlib import Path

import pytest

from question_bank.chance import Chance, checked_seed, paper_key

STREAM = json.loads((Path(__file__).parent / "vectors/draw.json").read_text("utf-8"))["stream"]
KEY = bytes.fromhex(STREAM["key"])


def test_key_matches_the_vector():
    seed, person = bytes.fromhex(STREAM["seed"]), bytes.fromhex(STREAM["participation_id"])
    assert paper_key(seed, person, STREAM["number"]) == KEY


def test_words_match_the_vector():
    chance = Chance(KEY)
    assert [chance.below(2**32) for _ in STREAM["words"]] == STREAM["words"]


def test_numbers_match_the_vector():
    chance = Chance(KEY)
    assert [[bound, chance.below(bound)] for bound, _ in STREAM["below"]] == STREAM["below"]


def test_words_that_would_favour_small_numbers_are_passed_over():
    bound = 2**31 + 1
    usable = [word for word in STREAM["words"] if word < bound]
    chance = Chance(KEY)
    assert [chance.below(bound) for _ in usable] == usable
    assert len(usable) < len(STREAM["words"])


def test_a_bound_of_one_takes_no_word():
    chance = Chance(KEY)
    assert [chance.below(1) for _ in range(5)] == [0] * 5
    assert chance.below(2**32) == STREAM["words"][0]


@pytest.mark.parametrize("size", [0, 1, 2, 9, 50])
def test_a_shuffle_holds_each_place_once(size):
    assert sorted(Chance(KEY).shuffled(size)) == list(range(size))


def test_a_shuffle_stopped_early_is_the_beginning_of_the_whole():
    whole = list(Chance(KEY).shuffled(30))
    assert list(islice(Chance(KEY).shuffled(30), 7)) == whole[:7]


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_has_32_bytes(length):
    with pytest.raises(ValueError, match="32 bytes"):
        checked_seed(bytes(length))
    assert checked_seed(bytes(32)) == bytes(32)


def test_key_keeps_person_and_number_apart():
    keys = {paper_key(bytes(32), person, number) for person in (b"", b"\0", b"\1") for number in (0, 1, 256)}
    assert len(keys) == 9
