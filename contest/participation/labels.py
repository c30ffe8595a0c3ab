"""Words for taking part."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from contest.contests.models import Role
from contest.participation.domain.eligibility import AgeGroup
from contest.web.menu import MenuItem

STATES = {"counted": _("Counted"), "begun": _("Has begun"), "excluded": _("Excluded")}

_KEEPERS = frozenset({Role.ORGANIZER, Role.SECRETARY})
MENU = (
    MenuItem(70, "participants.index", _("Participants"), "users", _KEEPERS),
    MenuItem(75, "pupils.index", _("Pupils"), "user-plus", frozenset({Role.COORDINATOR})),
    MenuItem(80, "units.index", _("Units"), "building-community", _KEEPERS),
)

ACTS = {
    "participation.excluded": _("Participant excluded"),
    "participation.restored": _("Exclusion taken back"),
    "participation.extra_time": _("Extra time set"),
    "participant.reset": _("One-time code for a participant"),
    "pupils.enrolled": _("Pupils enrolled"),
    "pupils.reset": _("One-time codes for pupils"),
}

ERRORS = {
    "contest_not_joinable": _("Nobody can join this contest at present: it is not announced, or it is over."),
    "committee_excluded": _("Members of the committee, its boards and its helpers can't enter their own contest."),
    "consent_missing": _("Your consent, or your parent's, is missing. Open “My account” and give it first."),
    "no_group_for_age": _("No group of this contest is open to your age."),
    "group_unknown": _("Choose one of the groups."),
    "group_age": _("The group “%(group)s” is not open to your age."),
    "unit_unknown": _("Choose your unit from the list."),
    "participation_frozen": _(
        "Group and unit can't be changed any more: you have begun an attempt or handed in an entry."
    ),
    "reason_needed": _("Give the reason."),
    "already_excluded": _("This participant is excluded already."),
    "not_excluded": _("This participant is not excluded."),
    "extra_time_range": _("Enter a whole number from 0 to %(most)s."),
    "unit_not_yours": _("You are not the coordinator of this unit."),
    "reset_while_open": _("%(name)s is in the middle of an attempt. Wait until it is handed in."),
    "reset_not_here": _("%(name)s can't get a code here: this account has another way to get back in."),
    "list_large": _("The file is larger than %(most)s MB."),
    "list_not_xlsx": _("This is not an Excel workbook (.xlsx), or it is damaged. Save it as .xlsx without a password."),
    "list_unpacks_large": _("The file is packed abnormally and was not opened: it would unpack to over %(most)s MB."),
    "list_text_much": _("The workbook holds too much text. Use the template."),
    "list_sheet_missing": _("The file has several sheets and none is called “%(value)s”. Use the template."),
    "list_heading": _("The first row must hold the heading “%(heading)s” exactly once. Use the template."),
    "list_empty": _("The list holds no pupil. Fill in one row for each pupil."),
    "list_long": _("The list holds more than %(most)s pupils. Divide it into one file for each class."),
    "list_faulty": _("The list has faults; nobody was enrolled. Send it again to see them."),
    "list_cell_formula": _("The cell holds a formula. Paste it again as a value."),
    "list_cell_error": _("The cell shows an Excel error."),
    "list_cell_long": _("The cell holds more than %(most)s characters."),
    "list_cell_far": _("This cell is far outside the list; delete what it holds."),
    "list_cell_empty": _("“%(heading)s” is empty."),
    "list_class_long": _("The name of the class has more than %(most)s characters."),
    "list_row_repeated": _("The same pupil stands in row %(row)s already."),
    "list_age": _("By age this pupil can't compete in the group “%(group)s”."),
    "list_pupil_known": _("Your school has enrolled this pupil already: they keep their account. Remove the row."),
}  # fmt: skip


def ages(group: AgeGroup) -> str:
    """The ages of a group in words."""
    if group.age_from is None and group.age_to is None:
        return str(gettext("all ages"))
    if group.age_from is None:
        return str(gettext("up to %(to)s years", to=group.age_to))
    if group.age_to is None:
        return str(gettext("from %(start)s years", start=group.age_from))
    return str(gettext("from %(start)s to %(to)s years", start=group.age_from, to=group.age_to))
