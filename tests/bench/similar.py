"""Prints what near-duplicates cost: python -m tests.bench.similar.

5,000 new questions against 50,000 stored ones, as a ratio to datasketch that only hashes the 5,000.
"""

import gc
import random
import time
from collections.abc import Callable

from datasketch import MinHash

from question_bank.lint import NearDuplicates, asked_by, likeness, signatures
from question_bank.lint.similar import BANDS
from question_bank.question import Option, Question

NEW, STORED, COPIES = 5_000, 50_000, 250
ROUNDS = 5
WANTED = 3


def main() -> None:
    chance = random.Random(7)
    stored = [random_question(chance) for _ in range(STORED)]
    new = [_copy(question) for question in stored[:COPIES]] + [random_question(chance) for _ in range(NEW - COPIES)]
    asked = [asked_by(question) for question in stored]
    bank = list(zip(asked, signatures(asked), strict=True))
    shingles = [asked_by(question).shingles for question in new]
    gc.freeze()
    found = len(compare(new, bank))
    ours, bare = [], []
    for _ in range(ROUNDS):
        bare.append(_seconds(lambda: list(MinHash.generator(shingles, num_perm=BANDS * 4))))
        ours.append(_seconds(lambda: compare(new, bank)))
    ratio = min(ours) / min(bare)
    print(f"near-duplicates: {min(ours):.2f} s, bare hashing {min(bare):.2f} s: {ratio:.2f} x, wanted <= {WANTED}")
    print(f"copies found: {found} of {COPIES}; shingles a question: {sum(map(len, shingles)) / NEW:.0f}")


def compare(new: list[Question], bank: list[tuple[object, tuple[int, ...]]]) -> set[int]:
    asked = [asked_by(question) for question in new]
    index: NearDuplicates[int] = NearDuplicates()
    for place, signature in enumerate(signatures(asked)):
        index.add(place, signature)
    return {
        place for other, signature in bank for place in index.candidates(signature) if likeness(other, asked[place])
    }


def random_question(chance: random.Random) -> Question:
    letters, vowels = (
        ["b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"],
        ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "ai", "ao", "ang", "inh"],
    )

    def words(count: int) -> str:
        return " ".join(chance.choice(letters) + chance.choice(vowels) for _ in range(count))

    options = tuple(Option(name, words(6)) for name in "abcd")
    return Question("single", words(15), options, chance.choice("abcd"), "Chủ đề", 2, "", "Nguồn")


def _copy(question: Question) -> Question:
    return Question("single", f"Theo quy định, {question.text}", question.options, question.key, "Chủ đề", 2, "", "")


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
