"""Axe on a page, with findings that a reader can act on."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (rules) => {
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""


def violations(page: Page) -> list[str]:
    """One line for each element at fault: the rule, the element, what is wrong."""
    if not page.evaluate("'axe' in window"):  # half a megabyte, so once for each page
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, RULES)
    return [f"{rule}: {html[:120]} – {summary.splitlines()[-1].strip()}" for rule, html, summary in found]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
