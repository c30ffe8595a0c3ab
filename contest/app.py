"""The composition root: settings in, a Flask application out."""

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import jinja2
from babel import Locale
from flask import Flask, request
from flask_babel import Babel, get_locale
from flask_migrate import Migrate
from markupsafe import Markup

from contest import background, clock, i18n, routes, wiring
from contest.config import Settings
from contest.db import db, ping_after_idling, server_time
from contest.keys import derive_keys
from contest.storage import storage_of
from contest.web import bodies, failures, menu, security, shared, statics
from contest.web.access import visitor
from contest.web.answers import has_sound, marked, marked_line, with_gaps, written_out
from contest.web.application import Application
from contest.web.content import content
from contest.web.csrf import Guard
from contest.web.front import Front
from contest.web.visitors import Visitors
from question_bank import markup
from question_bank.words import said

MIGRATIONS = Path(__file__).parent.parent / "migrations"
STATIC = Path(__file__).parent / "static"
BODY_LIMIT = 1024 * 1024
LOCALES = {name: Locale.parse(name) for name in i18n.LOCALES}


@dataclass(frozen=True, slots=True)
class Site:
    """What every page's head and foot say about this installation."""

    name: str
    subtitle: str
    support_phone: str
    support_email: str
    address: str
    is_sample: bool


def create_app(settings: Settings) -> Flask:
    """The application for these settings. Nothing is read from the environment here."""
    app = Application("contest", static_url_path=statics.address(STATIC))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        BABEL_DEFAULT_LOCALE="vi",
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        SETTINGS=settings,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.wsgi_app = Front(app.wsgi_app)  # type: ignore[method-assign]
    security.install(app, settings.trusted_proxies, secure_cookies=settings.secure_cookies)
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    Babel(app, locale_selector=_locale)
    # Choosing a language harms nobody, and pages without a token can be shared by all who are signed out.
    Guard(app).exempt("contest.accounts.views.signing_in.set_locale")
    Visitors(app).user_loader(wiring.load_visitor)
    app.extensions["keys"] = derive_keys(settings.secret_key, settings.identity_key)
    app.extensions["storage"] = storage_of(settings)
    app.extensions["bodies"] = bodies.slots(settings.web_threads)
    app.extensions["shared_pages"] = shared.SharedPages()
    failures.install(app)
    app.extensions["site"] = partial(_site, settings)
    _install_templates(app)
    wiring.install()
    background.install()
    routes.install(app)
    statics.install(app)
    with app.app_context():
        _use_server(settings)
    return app


def _use_server(settings: Settings) -> None:
    """The clock and the connections of the database's server; an embedded database has none."""
    if settings.is_embedded:
        clock.use(clock.Clock())
        return
    clock.use(clock.Clock(partial(server_time, db.engine)))
    ping_after_idling(db.engine, clock.monotonic)


def _engine_options(settings: Settings) -> dict[str, object]:
    """What people wrote stays out of the log when a statement fails."""
    if settings.is_embedded:
        return {"hide_parameters": True}
    return {
        "hide_parameters": True,
        "pool_size": settings.web_threads,
        "max_overflow": 2,
        "pool_timeout": 10,
    }


def _locale() -> Locale:
    """The visitor's choice: of the account, else of the cookie, else Vietnamese."""
    reader = visitor()
    chosen = reader.locale if reader.is_authenticated else request.cookies.get("locale", "vi")
    return LOCALES.get(chosen, LOCALES["vi"])


def _install_templates(app: Flask) -> None:
    env = app.jinja_env
    env.undefined = jinja2.StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.globals["asset"] = lambda name: f"{app.static_url_path}/{name}"
    env.filters["content"] = _content
    env.filters.update(
        date=i18n.show_date,
        time=i18n.show_time,
        datetime=i18n.show_datetime,
        deadline=i18n.show_deadline,
        number=lambda value: i18n.show_number(value, _language()),
        scaled=lambda value, digits=3: i18n.show_scaled(value, digits, _language()),
        said=lambda text: said(text, "vi" if _language() == "vi" else "en"),
        with_gaps=with_gaps,
        marked=marked,
        marked_line=marked_line,
        has_sound=has_sound,
        written_out=written_out,
        plain=markup.plain,
        plain_line=markup.plain_line,
        duration=lambda milliseconds: i18n.show_duration(milliseconds, _language()),
    )

    @app.context_processor
    def _page_values() -> dict[str, object]:
        return {
            "site": app.extensions["site"](),
            "is_shared": False,
            "server_now": clock.now(),
            "locale": _language(),
            "request_id": security.request_id(),
            "menu": menu.menu() if request.endpoint else [],
        }


@jinja2.pass_context
def _content(_context: object, text: str | None) -> Markup:
    """It depends on the reader's language, so Jinja may not work it out when it compiles a template."""
    return content(text)


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "vi"


def _site(settings: Settings) -> Site:
    return _said_of_site(settings, is_sample=wiring.has_samples())


@lru_cache(2)
def _said_of_site(settings: Settings, *, is_sample: bool) -> Site:
    return Site(
        name=settings.site_name,
        subtitle=settings.site_subtitle,
        support_phone=settings.support_phone,
        support_email=settings.support_email,
        address=settings.support_address,
        is_sample=is_sample,
    )
