"""Words for units."""

from flask_babel import lazy_gettext as _

from contest.units.models import UnitKind

KINDS = {
    UnitKind.PROVINCE: _("Province"),
    UnitKind.COMMUNE: _("Commune or ward"),
    UnitKind.AGENCY: _("Agency"),
    UnitKind.SCHOOL: _("School"),
}

ACTS = {
    "unit.added": _("Unit added"),
    "headcount.set": _("Headcount entered"),
}

ERRORS = {
    "unit_kind_fixed": _("Only agencies and schools can be added; communes come from the State's list."),
    "unit_code_agency": _(
        "The code must look like H37 or H37.01.02: capital letters, digits and dots, at most 35 characters."
    ),
    "unit_code_school": _("The code may hold only capital letters, digits and single dots, at most 35 characters."),
    "unit_code_taken": _("Another unit already has the code %(taken)s."),
    "headcount_range": _("Enter a whole number from 1 to %(most)s."),
    "headcount_source_missing": _("Say where the number comes from, for example a document and its date."),
}
