"""Pages of announcements: the public list, one announcement, the committee's desk; news of the reader."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.models import Role
from contest.contests.queries import get_contest
from contest.db import db, unit_of_work
from contest.notices import queries, services
from contest.notices.domain import paragraphs
from contest.notices.forms import AnnouncementForm, WithdrawForm
from contest.web.access import actor, public, seated, signed_in
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("notices", __name__)

NEWS_AT_ONCE = 5

Reply = Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class HomeNotice:
    """One line of the first page."""

    title: str
    published_at: datetime
    url: str


def home_notices(session: Session, limit: int) -> list[HomeNotice]:
    """The newest announcements with their addresses, for the first page."""
    return [
        HomeNotice(
            notice.title,
            notice.published_at,
            url_for("notices.show", slug=notice.contest_slug, announcement_id=notice.id),
        )
        for notice in queries.latest_announcements(session, limit)
    ]


def own_news(session: Session, person_id: int) -> Markup:
    """What this person was told and has not seen, for their own pages; nothing where there is none. One statement."""
    news = queries.unseen_news(session, person_id, NEWS_AT_ONCE)
    return Markup(render_template("notices/_own.html", news=news).strip())  # noqa: S704 - drawn by a template


@bp.post("/news/<int:notice_id>/seen")
@signed_in
def see(notice_id: int) -> Response:
    """Open the page that the news is about; from now on the news is seen."""
    with unit_of_work() as session:
        path = services.see_notice(session, actor(), clock.now(), notice_id=notice_id).path
    return redirect(path, 303)


@bp.get("/announcements")
@public
def index() -> Reply:
    """Announcements of every contest, the newest first."""
    wish = asked("published")
    found = queries.public_announcements(db.session(), words=wish.words, number=wish.number)
    return page("notices/index.html", listing=Listing(found, wish))


@bp.get("/contests/<slug>/announcements/<int:announcement_id>")
@public
def show(slug: str, announcement_id: int) -> Reply:
    """One announcement."""
    notice = queries.get_public_announcement(db.session(), slug, announcement_id)
    return page("notices/show.html", notice=notice, paragraphs=paragraphs(notice.body))


@bp.get("/staff/<slug>/announcements")
@seated(Role.ORGANIZER, Role.SECRETARY)
def desk(slug: str) -> Reply:
    """The committee's announcements."""
    contest, wish = get_contest(db.session(), slug), asked("-published", "title")
    found = queries.desk_announcements(
        db.session(),
        contest.id,
        words=wish.words,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return page("notices/desk.html", contest=contest, listing=Listing(found, wish))


@bp.route("/staff/<slug>/announcements/new", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def new(slug: str) -> Reply:
    """Write and publish."""
    contest, form = get_contest(db.session(), slug), AnnouncementForm()
    if carried_out(
        form,
        lambda session: services.publish_announcement(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            title=form.title.data or "",
            body=form.body.data or "",
        ),
    ):
        flash(_("The announcement is published."), "ok")
        return redirect(url_for("notices.desk", slug=slug), 303)
    return page("notices/new.html", form, contest=contest)


@bp.route("/staff/<slug>/announcements/<int:announcement_id>/withdrawal", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def withdraw(slug: str, announcement_id: int) -> Reply:
    """Ask, then take it off the public pages."""
    contest, form = get_contest(db.session(), slug), WithdrawForm()
    if carried_out(
        form,
        lambda session: services.withdraw_announcement(
            session, actor(), clock.now(), contest_id=contest.id, announcement_id=announcement_id
        ),
    ):
        flash(_("The announcement is withdrawn."), "ok")
        return redirect(url_for("notices.desk", slug=slug), 303)
    announcement = queries.get_announcement(db.session(), contest.id, announcement_id)
    return page("notices/withdraw.html", form, contest=contest, announcement=announcement)
