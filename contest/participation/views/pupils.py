"""A school's coordinator enrols classes, prints sign-in slips and gives new codes."""

import io

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.services import given_passwords
from contest.contests.models import Contest, Role
from contest.contests.queries import get_contest
from contest.db import db
from contest.errors import DomainError, NotAllowed
from contest.i18n import local
from contest.participation import queries, services
from contest.participation.domain.class_list import (
    MOST_FILE_MB,
    MOST_PUPILS,
    CellFault,
    ClassList,
    read_class_list,
    write_template,
)
from contest.participation.forms import ClassListForm, ConfirmForm
from contest.participation.policies import coordinated_units
from contest.participation.views.participants import slips
from contest.units.domain import UnitChoice
from contest.units.queries import unit_choices
from contest.web.access import actor, seated
from contest.web.downloads import download
from contest.web.forms import carried_out, page, show_on
from contest.web.listing import Listing, asked
from contest.web.words import sentence
from question_bank.formats.xlsx.cells import cell_position

bp = Blueprint("pupils", __name__)

Reply = Response | tuple[str, int]


@bp.url_value_preprocessor
def _accept_workbook(endpoint: str | None, _values: object) -> None:
    """Workbooks may be larger than other bodies; set before anything reads the form."""
    if endpoint == "pupils.enrol":
        request.max_content_length = (MOST_FILE_MB + 1) * 1_000_000


@bp.get("/staff/<slug>/pupils")
@seated(Role.COORDINATOR)
def index(slug: str) -> Reply:
    """Pupils whom the coordinator's schools have enrolled."""
    session, contest, wish = db.session(), get_contest(db.session(), slug), asked("name", "class")
    unit_ids, class_name = coordinated_units(actor(), contest.id), request.args.get("class", "")
    found = queries.pupils_page(
        session,
        contest.id,
        unit_ids,
        words=wish.words,
        class_name=class_name,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return page(
        "participation/pupils.html",
        contest=contest,
        listing=Listing(found, wish),
        class_name=class_name,
        classes=queries.class_names(session, unit_ids),
    )


@bp.route("/staff/<slug>/pupils/enrolment", methods=["GET", "POST"])
@seated(Role.COORDINATOR)
def enrol(slug: str) -> Reply:
    """Send a class list; the reply to a faultless one is the slips, once."""
    contest, form = get_contest(db.session(), slug), ClassListForm()
    units = unit_choices(db.session(), coordinated_units(actor(), contest.id))
    form.offer(queries.contest_groups(db.session(), contest.id), units)
    found, faults = _checked_list(form, contest)
    if found and not faults:
        passwords = given_passwords(len(found.pupils))  # slow on purpose, hence before the unit of work
        enrolled = carried_out(
            form,
            lambda session: services.enrol_pupils(
                session,
                actor(),
                clock.now(),
                contest,
                found,
                passwords,
                group_id=form.group.data,
                unit_id=form.unit.data,
            ),
        )
        if enrolled:
            return slips(
                "participation/sign_in_slips.html", contest=contest, pupils=enrolled, school=_name(units, form)
            )
    sentences = [(fault.cell, sentence(fault.error)) for fault in faults]
    html, status = page("participation/enrol.html", form, contest=contest, faults=sentences, most=MOST_PUPILS)
    return html, 422 if faults else status


@bp.get("/staff/<slug>/pupils/template")
@seated(Role.COORDINATOR)
def template(slug: str) -> Response:  # noqa: ARG001 # the seat is checked by it
    """The empty class list."""
    stream = io.BytesIO()
    write_template(stream)
    return download(stream, "danh-sach-lop.xlsx")


@bp.route("/staff/<slug>/pupils/reset", methods=["GET", "POST"])
@seated(Role.COORDINATOR)
def reset(slug: str) -> Reply:
    """Ask, then give the chosen pupils one-time codes, shown once."""
    contest, form = get_contest(db.session(), slug), ConfirmForm()
    person_ids = request.values.getlist("person", type=int)

    def carry_out(session: Session) -> list[services.NewCode]:
        return services.reset_pupils(session, actor(), clock.now(), contest_id=contest.id, person_ids=person_ids)

    codes = carried_out(form, carry_out)
    if codes:
        return slips("participation/code_slips.html", contest=contest, codes=codes)
    unit_ids = coordinated_units(actor(), contest.id)
    chosen = queries.enrolled_pupils(db.session(), contest.id, unit_ids, person_ids)
    return page("participation/reset_pupils.html", form, contest=contest, chosen=chosen)


def _checked_list(form: ClassListForm, contest: Contest) -> tuple[ClassList | None, list[CellFault]]:
    """The list that was sent and every fault in it; without a list the form says why."""
    if not form.validate_on_submit():
        return None, []
    try:
        found = read_class_list(form.file.data.read(), local(clock.now(), contest.time_zone).date())
        faults = services.check_class_list(
            db.session(), actor(), contest, found, group_id=form.group.data, unit_id=form.unit.data
        )
    except NotAllowed:
        raise
    except DomainError as error:
        show_on(form, error)
        return None, []
    return found, sorted([*found.faults, *faults], key=lambda fault: cell_position(fault.cell))


def _name(units: list[UnitChoice], form: ClassListForm) -> str:
    return next(unit.name for unit in units if unit.id == form.unit.data)
