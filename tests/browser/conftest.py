"""Fixtures of the browser tests: a running site, a Chromium, and visitors with a phone or a desktop."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from contest.accounts.models import Person
from tests.browser.site import Site
from tests.conventions.world import World
from tests.databases import Databases
from tests.factories import PASSWORD

PHONE, DESKTOP = (360, 740), (1280, 800)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def prepared(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, World]]:
    """One site for the whole run. A journey that changes something makes its own people and things."""
    site = Site(tmp_path_factory.mktemp("site"), databases.fresh("sqlite"))
    world = site.prepare()
    site.start()
    yield site, world
    site.stop()


@pytest.fixture
def site(prepared: tuple[Site, World]) -> Site:
    return prepared[0]


@pytest.fixture
def world(prepared: tuple[Site, World]) -> World:
    return prepared[1]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def enter(site: Site, chromium: Browser) -> Iterator[Enter]:
    """`enter(PHONE, person)`: a fresh browser on the first page or, for a person, signed in."""
    contexts = []

    def page_of(size: tuple[int, int], person: Person | None = None, *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": size[0], "height": size[1]},
            locale="vi-VN",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/" if person is None else "/sign-in")
        if person is not None:
            sign_in(page, f"nguoi{person.id}@example.vn", PASSWORD)
        return page

    yield page_of
    for context in contexts:
        context.close()


def sign_in(page: Page, login: str, password: str) -> None:
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
