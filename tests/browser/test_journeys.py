"""What people come for, from the first page to the last, without help."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import DESKTOP, PHONE, Enter, sign_in
from tests.browser.site import Site
from tests.conventions.world import World

NAME, LOGIN, PASSWORD = "Triệu Thị Mùi", "0912345678", "Hoa-đào-nở-sớm-9"


def assert_sound(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def register(page: Page) -> None:
    page.goto("/register")
    page.locator("[name=full_name]").fill(NAME)
    page.locator("[name=birth_date]").fill("28/02/1998")
    page.locator("[name=login]").fill(LOGIN)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=take_part]").check()
    assert_sound(page)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda url: not url.endswith("/register"))


def test_citizen_registers_signs_in_and_reads_the_own_account(enter: Enter) -> None:
    page = enter(PHONE)
    register(page)
    page.goto("/sign-in?next=/account")
    assert_sound(page)
    sign_in(page, "0912 345 678", PASSWORD)
    expect(page.locator("main")).to_contain_text(NAME)
    assert_sound(page)


def test_form_with_mistakes_keeps_what_was_typed_without_scripts(enter: Enter) -> None:
    page = enter(PHONE, scripts=False)
    page.goto("/register")
    page.locator("[name=full_name]").fill(NAME)
    page.locator("[name=login]").fill("khong-phai-so")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("[name=full_name]")).to_have_value(NAME)
    expect(page.locator("[name=login]")).to_have_value("khong-phai-so")
    expect(page.locator("[name=login]")).to_have_attribute("aria-invalid", "true")


def test_organizer_announces_and_everybody_reads_it(enter: Enter, world: World) -> None:
    page = enter(DESKTOP, world.people["organizer"])
    page.goto("/staff/ta/announcements/new")
    page.locator("[name=title]").fill("Gia hạn tuần thi thứ hai")
    page.locator("[name=body]").fill("Ban Tổ chức gia hạn đến 24:00 ngày 30/7/2026.")
    assert_sound(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Gia hạn tuần thi thứ hai")
    citizen = enter(PHONE)
    citizen.goto("/announcements")
    expect(citizen.locator("main")).to_contain_text("Gia hạn tuần thi thứ hai")
    assert_sound(citizen)


def test_what_was_acknowledged_is_there_after_the_server_was_killed(enter: Enter, site: Site, world: World) -> None:
    page = enter(DESKTOP, world.people["organizer"])
    page.goto("/staff/ta/announcements/new")
    page.locator("[name=title]").fill("Thông báo trước khi mất điện")
    page.locator("[name=body]").fill("Nội dung")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Thông báo trước khi mất điện")
    site.kill()
    site.start()
    page.goto("/announcements")
    expect(page.locator("main")).to_contain_text("Thông báo trước khi mất điện")
