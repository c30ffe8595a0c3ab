"""Every page of the access table, opened by somebody who may, on a phone and on a desktop, in both languages."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.conventions.test_access import TABLE, VISITORS, address, expected, routes
from tests.conventions.world import World

VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ]", re.IGNORECASE)
WORDS_OUTSIDE_CONTENT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest('[lang="vi"], script, style')) found.push(node.textContent.trim());
  }
  return found.filter(Boolean);
}"""
FRAGMENTS = {"GET /entries/<entry_id>/files/<int:question>"}  # parts that a page's script asks for: seen in that page
SHARED = {"nobody", "participant", "organizer", "admin"}  # those who see most pages, so that few sign in


def pages_of(app: Flask, world: World, visitor: str) -> Iterator[str]:
    """Addresses of pages that this visitor is the first to be let in."""
    order = sorted(VISITORS, key=lambda name: (name != "nobody", name not in SHARED))
    for route, method, rule in routes(app):
        if method == "GET" and route in TABLE and route not in FRAGMENTS:
            first = next((name for name in order if expected(route, name) == "ok"), None)
            if first == visitor:
                yield address(app, rule, world)


def opens(page: Page, url: str) -> bool:
    """Go there; False for what is no page: a download, JSON."""
    try:
        reply = page.goto(url)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    return reply is not None and reply.headers.get("content-type", "").startswith("text/html")


def vietnamese(page: Page) -> list[str]:
    """What says nowhere that it is Vietnamese: what the committee writes is content and says its language."""
    return [text for text in page.evaluate(WORDS_OUTSIDE_CONTENT) if VIETNAMESE.search(text)]


def complaint(message: ConsoleMessage) -> list[str]:
    """An error in the browser's console; only what is no page, such as JSON, is asked for an icon at this address."""
    where = message.location["url"]
    is_error = message.type == "error" and not where.endswith("/favicon.ico")
    return [f"{where}: {message.text}"] if is_error else []


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("visitor", VISITORS)
def test_pages_are_accessible_and_fit(site: Site, world: World, enter: Enter, visitor: str, locale: str) -> None:
    urls = list(pages_of(site.application(), world, visitor))
    if not urls:
        return
    site.speak(locale)
    page = enter(PHONE, world.people.get(visitor))
    page.context.add_cookies([{"name": "locale", "value": locale, "url": site.url}])
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(complaint(message)))
    for url in urls:
        if not opens(page, url):
            continue
        assert page.locator("html").get_attribute("lang") == locale
        complaints += [f"{url}: {text} is not English" for text in vietnamese(page)] if locale == "en" else []
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            complaints += [f"{url} at {width}: {finding}" for finding in violations(page)]
            complaints += [f"{url} at {width}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert complaints == []
