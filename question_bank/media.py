"""Which pictures and sounds questions show, whatever their kinds."""

from collections.abc import Iterable

from question_bank.markup import media_in
from question_bank.question import Question, texts_in, to_content


def media_of(questions: Iterable[Question]) -> frozenset[str]:
    """Return the SHA-256 (hex) of each picture and sound in any text of the questions."""
    return frozenset(
        digest for question in questions for text in texts_in(to_content(question)) for digest in _found(text)
    )


def _found(text: str) -> tuple[str, ...]:
    # Reading the marks of every text of a large bank takes seconds; most have no media.
    return media_in(text) if "](media:" in text else ()
