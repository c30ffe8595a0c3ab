"""Words of judging."""

from collections.abc import Mapping

from flask_babel import LazyString, force_locale, gettext, lazy_gettext

from contest.contests.models import Contest, Round
from contest.judging.policies import JUDGES, OPENERS
from contest.web.menu import MenuItem

ERRORS: Mapping[str, LazyString] = {
    "nothing_to_remind": lazy_gettext("No sheet is missing in this round, so there is nothing to remind of."),
    "reminded_already": lazy_gettext("The judges got a reminder within the last hour. Wait before the next one."),
    "judges_without_mail": lazy_gettext("None of the judges has an e-mail address. Tell them in person."),
    "code_unknown": lazy_gettext("No case of this contest has this code."),
    "judging_not_closed": lazy_gettext(
        "Judging opens a minute after the round has closed. A cancelled round is not judged."
    ),
    "seat_not_blind": lazy_gettext(
        "Who scores entries reads no names: a judge or chief judge can't be organizer, secretary or coordinator too."
    ),
    "panel_missing": lazy_gettext("The rules in force when this round closes do not say how entries are judged."),
    "rubric_needed": lazy_gettext(
        "These rules can't come into force: essays are drawn in the round %(round)s, and the rules have no rubric for "
        "them."
    ),
    "case_set_aside": lazy_gettext("This case is set aside, or its participant was excluded, so it is not scored."),
    "case_not_set_aside": lazy_gettext("This case is not set aside."),
    "lease_lost": lazy_gettext(
        "This case is no longer yours: the time to score it was over, or it was given back. What you wrote is kept."
    ),
    "sheet_locked": lazy_gettext("This sheet is locked. Only the chief judge can open it again."),
    "sheet_not_locked": lazy_gettext("This sheet is not locked."),
    "sheet_conflict": lazy_gettext(
        "This sheet was saved on another page meanwhile. Load it again, then repeat your change."
    ),
    "comment_too_long": lazy_gettext("A comment has at most %(max)s characters."),
    "mark_out_of_range": lazy_gettext("“%(name)s”: a mark lies between 0 and %(max)s."),
    "mark_step": lazy_gettext("“%(name)s”: marks go in steps of %(step)s."),
    "mark_unknown": lazy_gettext(
        "The sheet has a mark for a criterion that the rules do not have. Load the page again."
    ),
    "marks_missing": lazy_gettext("Give a mark for each criterion first. Missing: %(names)s."),
    "own_sheet": lazy_gettext("Nobody opens their own sheet again. Ask another chief judge."),
    "already_reported": lazy_gettext("You have reported this case already. The chief judge has not answered yet."),
    "report_settled": lazy_gettext("This report is answered already."),
    "sheets_missing": lazy_gettext("Not every judge of this case has locked their sheet yet."),
    "agreement_not_needed": lazy_gettext("The sheets lie close enough together: the mean is the official score."),
    "agreed_out_of_range": lazy_gettext("The agreed score lies between 0 and %(max)s."),
    "agreed_decimals": lazy_gettext("The agreed score has at most %(decimals)s decimals."),
    "conflict_unclear": lazy_gettext("Choose a unit or a participant, not both."),
    "judge_unknown": lazy_gettext("This person has no judge's seat in the contest."),
    "conflict_noted": lazy_gettext("This conflict is noted already."),
    "reason_too_long": lazy_gettext("Write at most %(max)s characters."),
    "criteria_missing": lazy_gettext("A rubric needs at least one criterion."),
    "criterion_incomplete": lazy_gettext("Line %(row)s: a criterion needs a name, the most points and a weight."),
    "criterion_twice": lazy_gettext("Line %(row)s: another criterion has the same name."),
    "criterion_step": lazy_gettext("Line %(row)s: the most points must be a whole number of steps of %(step)s."),
    "rubric_total": lazy_gettext(
        "All criteria together give %(total)s points with their weights. That has to be the scale, %(scale)s."
    ),
    "agree_from_out_of_range": lazy_gettext("Choose a distance above 0 and not above the scale."),
}

ACTS: Mapping[str, LazyString] = {
    "judges.reminded": lazy_gettext("reminded the judges"),
    "judging.opened": lazy_gettext("opened judging"),
    "case.set_aside": lazy_gettext("set a case aside"),
    "case.put_back": lazy_gettext("put a case back into judging"),
    "case.reported": lazy_gettext("reported a case"),
    "report.settled": lazy_gettext("answered a report"),
    "sheet.locked": lazy_gettext("locked a score sheet"),
    "sheet.returned": lazy_gettext("gave a case back"),
    "sheet.reopened": lazy_gettext("opened a locked score sheet again"),
    "panel.agreed": lazy_gettext("recorded an agreed score"),
    "conflict.noted": lazy_gettext("noted who must not judge whom"),
    "conflict.removed": lazy_gettext("removed a note of who must not judge whom"),
}

MENU = (MenuItem(62, "judging.index", lazy_gettext("Judging"), "scale", JUDGES | OPENERS),)

FORMS: Mapping[str, LazyString] = {
    "text": lazy_gettext("Essay"),
    "document": lazy_gettext("Document"),
    "video": lazy_gettext("Video"),
    "audio": lazy_gettext("Audio"),
}

LEVELS = (
    lazy_gettext("Weak"),
    lazy_gettext("Fair"),
    lazy_gettext("Rather good"),
    lazy_gettext("Good"),
    lazy_gettext("Very good"),
)
"""The fifths of a criterion, from the lowest."""

MASKED = lazy_gettext("a name was covered")

CASE_STATES: Mapping[str, LazyString] = {
    "waiting": lazy_gettext("Sheets missing"),
    "to_agree": lazy_gettext("To be agreed"),
    "settled": lazy_gettext("Has its score"),
    "set_aside": lazy_gettext("Set aside"),
    "reported": lazy_gettext("With a report"),
}

SHEET_STATES: Mapping[str, LazyString] = {
    "open": lazy_gettext("Drafts"),
    "locked": lazy_gettext("Locked"),
    "released": lazy_gettext("Given back"),
}


def reminder(contest: Contest, round_: Round, link: str) -> tuple[str, str]:
    """Subject and text of the letter that reminds judges, in Vietnamese."""
    with force_locale("vi"):
        subject = gettext("Entries are waiting to be judged: %(round)s", round=round_.name)
        facts = {"round": round_.name, "title": contest.title, "link": link}
        text = gettext("In “%(round)s” of the contest “%(title)s” score sheets are still missing.", **facts)
        next_step = gettext("Go on here: %(link)s", **facts)
        return subject, f"{text}\n\n{next_step}\n\n{contest.organizer_name}\n"
