"""One's own account: what is known, what was allowed, where one is signed in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts import labels, services
from contest.accounts.domain import ConsentGiver, ConsentPurpose, consents_needed
from contest.accounts.forms import ConsentForm, today
from contest.accounts.queries import Profile, profile_of
from contest.accounts.views.blueprint import Reply, bp
from contest.db import db, unit_of_work
from contest.errors import NotFound
from contest.web.access import signed_in, visitor
from contest.web.forms import carried_out, page


@bp.get("/account")
@signed_in
def profile() -> Reply:
    """Everything that the site knows about the person who asks."""
    return render_template(
        "accounts/profile.html", profile=_profile(), labels=labels, this_session=visitor().session_id
    )


@bp.post("/account/sessions/close")
@signed_in
def close_other_sessions() -> Reply:
    """Sign out every other device."""
    person_id, session_id = visitor().actor.person_id, visitor().session_id
    with unit_of_work() as session:
        services.revoke_sessions(session, clock.now(), person_id, keep_id=session_id)
    flash(_("Every other device is signed out."), "ok")
    return redirect(url_for("accounts.profile"), 303)


@bp.route("/account/consents/<purpose>", methods=["GET", "POST"])
@signed_in
def give_consent(purpose: str) -> Reply:
    """Agree to one purpose."""
    form, wanted, person_id = ConsentForm(), _purpose(purpose), visitor().actor.person_id
    birth_date = _profile().birth_date
    if birth_date is None or ConsentGiver.GUARDIAN not in consents_needed(birth_date, today()):
        del form.guardian_name
    guardian_name = form.data.get("guardian_name") or ""

    def give(session: Session) -> object:
        return services.give_consent(session, clock.now(), person_id, wanted, guardian_name=guardian_name)

    if carried_out(form, give):
        flash(_("Your consent is recorded."), "ok")
        return redirect(url_for("accounts.profile"), 303)
    return page("accounts/consent.html", form, purpose=wanted, labels=labels)


@bp.route("/account/consents/<purpose>/withdrawal", methods=["GET", "POST"])
@signed_in
def withdraw_consent(purpose: str) -> Reply:
    """Say what withdrawing does, then do it."""
    wanted, person_id = _purpose(purpose), visitor().actor.person_id
    if request.method == "GET":
        return render_template("accounts/withdrawal.html", purpose=wanted, labels=labels)
    with unit_of_work() as session:
        services.withdraw_consent(session, clock.now(), person_id, wanted)
    flash(_("Your consent is withdrawn."), "ok")
    return redirect(url_for("accounts.profile"), 303)


def _purpose(code: str) -> ConsentPurpose:
    if code not in set(ConsentPurpose):
        raise NotFound
    return ConsentPurpose(code)


def _profile() -> Profile:
    return profile_of(db.session(), visitor().actor.person_id, clock.now())
