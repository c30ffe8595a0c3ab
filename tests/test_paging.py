import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.i18n import search_key, text_sort_key
from contest.paging import Page, page_of
from contest.units.models import Unit
from tests.factories import make_unit


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (25, 1), (26, 2), (50, 2), (51, 3)])
def test_number_of_pages_at_the_edges(total: int, pages: int) -> None:
    assert Page([], 1, 25, total).pages == pages


@pytest.fixture
def seven(session: Session) -> Session:
    for number in range(1, 8):
        make_unit(session, f"Xã số {number}")
    return session


@pytest.mark.parametrize(
    ("asked", "number", "names"),
    [
        (1, 1, [1, 2, 3]),
        (2, 2, [4, 5, 6]),
        (3, 3, [7]),
        (4, 3, [7]),
        (0, 1, [1, 2, 3]),
        (-5, 1, [1, 2, 3]),
        (10**9, 3, [7]),
    ],
)
def test_page_asked_for_or_the_nearest(seven: Session, asked: int, number: int, names: list[int]) -> None:
    statement = select(Unit.name).order_by(Unit.sort_key)
    page = page_of(seven, statement, asked, 3, make=lambda row: int(row.name[-1]))
    assert (page.number, page.total, list(page.rows)) == (number, 7, names)


def test_empty_list_has_one_page(session: Session) -> None:
    page = page_of(session, select(Unit), 4)
    assert (page.number, page.pages, page.total, list(page.rows)) == (1, 1, 0, [])


def test_order_of_the_database_is_the_vietnamese_one(session: Session) -> None:
    order = ["Xã Ba Sơn", "Xã Bằng Mạc", "Xã Đình Lập", "Xã Đoàn Kết", "Xã Hội Hoan", "Xã Ở Xa", "Xã Ưu Ái"]
    for name in reversed(order):
        make_unit(session, name)
    names = session.scalars(select(Unit.name).order_by(Unit.sort_key)).all()
    assert names == sorted(order, key=text_sort_key) == order
    assert session.scalar(select(Unit.name).where(Unit.search_key.contains(search_key("ĐÌNH")))) == "Xã Đình Lập"
