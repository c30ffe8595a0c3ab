"""Texts that the platform writes in the committee's name: letters about seats, the notice of changed rules."""

from collections.abc import Callable

from flask_babel import force_locale, gettext, ngettext

from contest.contests.labels.names import ROLES
from contest.contests.models import Contest, Role, RulesVersion
from contest.contests.services.seats import WriteLetter


def seat_letter(contest: Contest, role: Role, link: Callable[[str], str]) -> WriteLetter:
    """Subject and text for a seat given at once (no token) or offered by a link, in Vietnamese."""

    def write(token: str | None) -> tuple[str, str]:
        with force_locale("vi"):
            facts = {"role": ROLES[role], "title": contest.title, "organizer": contest.organizer_name}
            if token is None:
                text = gettext("You have been given the seat “%(role)s” in the contest “%(title)s”.", **facts)
                next_step = gettext("Sign in and open “Workspace” to begin.")
            else:
                text = gettext("You are invited to the seat “%(role)s” in the contest “%(title)s”.", **facts)
                next_step = gettext("Open this link to take it: %(link)s", link=link(token))
            subject = gettext("A seat in the contest “%(title)s”", title=contest.title)
            return subject, f"{text}\n\n{next_step}\n\n{contest.organizer_name}\n"

    return write


def change_notice(version: RulesVersion, attempts: int) -> tuple[str, str]:
    """Title and text of the announcement that new rules are in force; `attempts` were begun under earlier ones."""
    with force_locale("vi"):
        title = gettext("The rules have changed: version %(number)s", number=version.number)
        paragraphs = [gettext("Reason: %(reason)s", reason=version.reason)]
        if version.decision_number:
            paragraphs.append(gettext("By decision %(number)s.", number=version.decision_number))
        if attempts:
            kept = ngettext(
                "%(num)s attempt was begun under the earlier rules and keeps them for paper, time and counting.",
                "%(num)s attempts were begun under the earlier rules and keep them for paper, time and counting.",
                attempts,
            )
            paragraphs.append(kept)
        return title, "\n\n".join(paragraphs)
