"""What the draw needs to know of a question."""

from question_bank.filling import PoolItem
from question_bank.kinds import kind_of
from question_bank.question import Question


def pool_item(ref: int, question: Question, *, is_compulsory: bool = False, group: int | None = None) -> PoolItem:
    """Return the question as `ref` in a pool. Raises UnknownKind."""
    kind = kind_of(question.kind)
    return PoolItem(
        ref=ref,
        topic=question.topic,
        difficulty=question.difficulty,
        option_count=len(kind.option_ids(question)),
        # What a kind always shuffles would show its key in the order in which it was written.
        lock_order=question.lock_order and kind.has_order,
        kind=question.kind,
        is_compulsory=is_compulsory,
        group=group,
    )
