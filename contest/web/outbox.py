"""Pages of the outbox, for an installation without a mail server: the administrator reads what would be sent."""

from flask import Blueprint, abort, current_app, render_template

from contest.config import Settings
from contest.db import db
from contest.mail import queries
from contest.web.access import admin_only
from contest.web.listing import Listing, asked

bp = Blueprint("mail", __name__)


@bp.before_request
def only_without_mail_server() -> None:
    """Messages may hold codes that open accounts: where they are sent, nobody but the recipient reads them."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.mail_url or not settings.is_embedded:
        abort(404)


@bp.get("/admin/mail")
@admin_only
def index() -> str:
    """The list, the newest message first."""
    wanted = asked("-created")
    page = queries.outbox(
        db.session(), words=wanted.words, is_oldest_first=not wanted.is_descending, number=wanted.number
    )
    return render_template("mail/index.html", listing=Listing(page, wanted))


@bp.get("/admin/mail/<int:message_id>")
@admin_only
def show(message_id: int) -> str:
    """One message as its recipient would get it."""
    return render_template("mail/show.html", message=queries.get_message(db.session(), message_id))
