from threading import Event, Thread

import pytest

from contest import clock
from contest.web.kept import Kept
from contest.web.shared import FRESH_SECONDS, PAGES_KEPT, SharedPages


class Seconds:
    """A stopped clock of seconds."""

    def __init__(self) -> None:
        self.now = 1000.0


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    seconds = Seconds()
    monkeypatch.setattr(clock, "monotonic", lambda: seconds.now)
    return seconds


@pytest.mark.parametrize(
    ("after", "shown"), [(0.0, "first"), (FRESH_SECONDS - 0.001, "first"), (FRESH_SECONDS, "next")]
)
def test_a_page_is_kept_for_a_second_and_no_longer(seconds: Seconds, after: float, shown: str) -> None:
    pages = SharedPages()
    assert pages.value("home", lambda: "first") == "first"
    seconds.now += after
    assert pages.value("home", lambda: "next") == shown


def test_another_page_is_another(seconds: Seconds) -> None:
    pages = SharedPages()
    pages.value("home", lambda: "trang chủ")
    assert pages.value("rules", lambda: "thể lệ") == "thể lệ"


def test_a_page_that_could_not_be_made_is_not_kept(seconds: Seconds) -> None:
    pages = SharedPages()
    with pytest.raises(ZeroDivisionError):
        pages.value("home", lambda: str(1 // 0))
    assert pages.value("home", lambda: "made") == "made"


def test_those_who_ask_meanwhile_wait_for_the_one_that_is_being_made(seconds: Seconds) -> None:
    pages, begun, may_end = SharedPages(), Event(), Event()
    made, got = [], []

    def make() -> str:
        made.append(True)
        begun.set()
        assert may_end.wait(30)
        return "page"

    readers = [Thread(target=lambda: got.append(pages.value("home", make))) for _ in range(4)]
    readers[0].start()
    assert begun.wait(30)
    for reader in readers[1:]:
        reader.start()
    may_end.set()
    for reader in readers:
        reader.join(30)
    assert (got, len(made)) == (["page"] * 4, 1)


def test_not_more_pages_are_kept_than_memory_is_meant_for(seconds: Seconds) -> None:
    pages = SharedPages()
    for number in range(PAGES_KEPT + 1):
        pages.value(number, str)
    assert pages.value(PAGES_KEPT, lambda: "new") == ""
    assert pages.value(0, lambda: "new") == "new"


def test_what_was_asked_for_longest_ago_goes_first(seconds: Seconds) -> None:
    kept = Kept[str](2)
    kept.value("first", lambda: "kept")
    kept.value("second", lambda: "kept")
    kept.value("first", lambda: "new")
    kept.value("third", lambda: "kept")
    seconds.now += 1e9
    assert [kept.value(key, lambda: "new") for key in ("first", "third", "second")] == ["kept", "kept", "new"]


def test_what_no_longer_holds_is_made_anew_once(seconds: Seconds) -> None:
    kept, made = Kept[int](2), []

    def newest() -> int:
        made.append(len(made))
        return made[-1]

    asked = [kept.value("board", newest, lambda value, least=least: value >= least) for least in (0, 0, 1, 1)]
    assert asked == [0, 0, 1, 1]
