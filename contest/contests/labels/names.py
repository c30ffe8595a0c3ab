"""What states, seats and acts are called, and the entries of the staff menu."""

from flask_babel import lazy_gettext as _

from contest.contests.models import ContestState, Role, RoundKind, RulesState
from contest.contests.policies import DECIDE, PREPARE
from contest.contests.queries import SeatState
from contest.web.menu import MenuItem

ROLES = {
    Role.ORGANIZER: _("Organizer"),
    Role.SECRETARY: _("Secretary"),
    Role.QUESTION_SETTER: _("Question setter"),
    Role.QUESTION_REVIEWER: _("Question reviewer"),
    Role.JUDGE: _("Judge"),
    Role.CHIEF_JUDGE: _("Chief judge"),
    Role.COORDINATOR: _("Unit coordinator"),
}

KINDS = {RoundKind.QUIZ: _("Quiz"), RoundKind.ENTRY: _("Entries")}

CONTEST_STATES = {
    ContestState.DRAFT: _("Draft"),
    ContestState.ANNOUNCED: _("Announced"),
    ContestState.CANCELLED: _("Cancelled"),
    ContestState.ARCHIVED: _("Archived"),
}

RULES_STATES = {
    RulesState.DRAFT: _("Draft"),
    RulesState.PROPOSED: _("Awaiting approval"),
    RulesState.IN_FORCE: _("In force"),
    RulesState.SUPERSEDED: _("Superseded"),
}

SEAT_STATES = {
    SeatState.HELD: (_("In office"), "ok", "check"),
    SeatState.COMING: (_("Not yet begun"), "plain", "calendar-event"),
    SeatState.OVER: (_("Ended"), "plain", "lock"),
}

ACTS = {
    "contest.created": _("created the contest"),
    "contest.edited": _("changed the contest's details"),
    "contest.announced": _("announced the contest"),
    "contest.cancelled": _("cancelled the contest"),
    "contest.archived": _("archived the contest"),
    "contest.duplicated": _("created the contest as a copy"),
    "group.added": _("added a group"),
    "group.edited": _("changed a group"),
    "group.deleted": _("deleted a group"),
    "round.added": _("added a round"),
    "round.edited": _("changed a round"),
    "round.deleted": _("deleted a round"),
    "round.released": _("released a round"),
    "round.postponed": _("postponed a round"),
    "round.cancelled": _("cancelled a round"),
    "seat.given": _("gave a seat"),
    "seat.offered": _("invited somebody to a seat"),
    "seat.taken": _("took a seat"),
    "seat.ended": _("ended a seat"),
    "seat.withdrawn": _("withdrew an invitation"),
    "rules.edited": _("wrote in the draft of the rules"),
}

MENU = (
    MenuItem(10, "staff.overview", _("Overview"), "layout-dashboard", frozenset(Role)),
    MenuItem(20, "rounds.index", _("Rounds"), "calendar-event", PREPARE),
    MenuItem(30, "rules.index", _("Rules"), "gavel", PREPARE),
    MenuItem(40, "seats.index", _("Committee"), "users", DECIDE),
)
