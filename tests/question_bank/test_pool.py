import pytest

from question_bank.filling import PoolItem
from question_bank.pool import pool_item
from tests.question_bank.builders import question


@pytest.mark.parametrize(("kind", "count"), [("single", 3), ("multiple", 3), ("true_false", 0)])
def test_a_question_tells_the_draw_how_many_options_it_has(kind, count):
    asked = question(kind, lock_order=True, topic="A", difficulty=4)
    assert pool_item(7, asked) == PoolItem(7, "A", 4, count, lock_order=count > 0, kind=kind)


def test_a_question_is_free_unless_the_bank_says_otherwise():
    free, bound = pool_item(7, question()), pool_item(7, question(), is_compulsory=True, group=3)
    assert (free.is_compulsory, free.group, free.unit) == (False, None, 7)
    assert (bound.is_compulsory, bound.group, bound.unit) == (True, 3, 3)
