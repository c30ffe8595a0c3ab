"""Words of corrections, the act that two people decide, and what people are told once it is applied."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import force_locale, get_locale, gettext, lazy_gettext
from markupsafe import Markup

from contest.approvals.domain import ActKind
from contest.corrections.domain import source_of_result
from contest.corrections.models import CorrectionState
from contest.corrections.policies import DECIDE, PREPARE
from contest.corrections.queries.told import Affected, Counted, RoundNamed
from contest.corrections.services.acts import KIND
from contest.corrections.services.applying import apply_correction, author_of, proposed_correction
from contest.i18n import show_number, show_scaled
from contest.notices.domain import News
from contest.notices.labels import letter_of
from contest.quiz.domain.rulings import RulingAct
from contest.standings.labels import prediction_words
from contest.web.addresses import path_to
from contest.web.content import content, worded
from contest.web.menu import MenuItem

MENU = (MenuItem(67, "corrections.index", lazy_gettext("Corrections of keys"), "key", frozenset(PREPARE)),)

ERRORS = {
    "correction_note_missing": lazy_gettext("Write what everybody may read about this correction."),
    "not_marked_by_machine": lazy_gettext("This question has no key: judges score it, or nobody does."),
    "right_answer_missing": lazy_gettext("Give the answer that counts as right."),
    "key_unusable": lazy_gettext(
        "This can't be a right answer of this question. Fill in every part; a number must be readable in one way only."
    ),
    "ruling_unchanged": lazy_gettext("This is what counts already, so nothing would change."),
    "corrections_many": lazy_gettext(
        "%(most)s corrections of this round are neither applied nor given up. Apply one or give one up first."
    ),
    "correction_waits": lazy_gettext("This correction waits for a second person. Withdraw the proposal first."),
    "correction_over": lazy_gettext("This correction is applied or given up already."),
    "correction_counting": lazy_gettext("The effects of this correction are being counted. Wait until they are known."),
    "correction_not_counted": lazy_gettext("The effects of this correction are not known yet."),
    "correction_outdated": lazy_gettext(
        "Results or decisions of the round have changed since the effects were counted. Count them again."
    ),
}

ACTS = {
    "correction.prepared": lazy_gettext("prepared a correction of a key"),
    "correction.dropped": lazy_gettext("gave up a correction of a key"),
    "correction.applied": lazy_gettext("applied a correction of a key"),
}

RULINGS = {
    RulingAct.KEY: lazy_gettext("Correct the key: another answer is right instead"),
    RulingAct.ALSO: lazy_gettext("Accept one more answer as wholly right"),
    RulingAct.FULL: lazy_gettext("Void the question: everybody who had it gets its full points"),
    RulingAct.NOBODY: lazy_gettext("Void the question: it counts for nobody"),
    RulingAct.RESTORE: lazy_gettext("Undo earlier corrections: the question’s own key counts again"),
}

STATES = {
    CorrectionState.COUNTING: (lazy_gettext("Being counted"), "info", "hourglass"),
    CorrectionState.READY: (lazy_gettext("Not applied"), "wait", "scale"),
    CorrectionState.APPLIED: (lazy_gettext("Applied"), "ok", "check"),
    CorrectionState.DROPPED: (lazy_gettext("Given up"), "plain", "x"),
}


def target_words(value: int | None, *, is_percent: bool) -> str:
    """What predictions are held against."""
    return prediction_words(value, is_percent=is_percent)


def _lines(proposed: Mapping[str, Any]) -> Sequence[tuple[str, ...]]:
    figures, act = proposed["figures"], RulingAct(proposed["act"])
    url = url_for("corrections.show", slug=proposed["slug"], round_id=proposed["round_id"], number=proposed["number"])
    lines: list[tuple[str, ...]] = [
        (gettext("Round"), content(proposed["round"])),
        (gettext("Question"), content(proposed["question"])),
        (gettext("Ruling"), str(RULINGS[act])),
    ]
    if before := proposed.get("right_before"):
        lines.append((gettext("Right answers until now"), content(" / ".join(before))))
    if act not in {RulingAct.FULL, RulingAct.NOBODY}:
        lines.append((gettext("Right answers from now on"), content(" / ".join(proposed["right"]))))
    lines += [
        (gettext("Public note"), content(proposed["note"])),
        (gettext("Attempts marked again"), _number(figures["attempts"])),
        (gettext("Attempts with another result"), _number(figures["changed"])),
        (gettext("People with more points"), _number(figures["up"])),
        (gettext("People with fewer points"), _number(figures["down"])),
        (gettext("People with another rank"), _number(figures["ranks"])),
        (gettext("Prizes won"), _number(figures["won"])),
        (gettext("Prizes lost"), _number(figures["lost"])),
        (gettext("People with another prize"), _number(figures.get("other", 0))),  # not counted in earlier proposals
        (gettext("People with every answer right"), _change(*(_number(value) for value in figures["all_right"]))),
        *_target(figures),
        (gettext("Units with another rank or other points"), _number(len(figures["units"]))),
    ]
    link = Markup('<a href="{}">{}</a>').format(url, gettext("See everybody whom it moves"))
    return [*lines, (gettext("Effects"), link), (gettext("Fingerprint of the effects"), proposed["digest"][:16])]


def _target(figures: Mapping[str, Any]) -> list[tuple[str, ...]]:
    before, after = figures["target"]
    if before is None and after is None:
        return []
    shown = [target_words(value, is_percent=figures["is_percent"]) for value in (before, after)]
    return [(gettext("Predictions are compared with"), _change(*shown))]


def _change(before: str, after: str) -> str:
    return before if before == after else worded(gettext("%(before)s → %(after)s"), before=before, after=after)


def _number(value: int) -> str:
    return show_number(value, get_locale().language)


def result_news(named: RoundNamed, correction_id: int, affected: Affected) -> News:
    """What somebody is told of their own attempts, in their language: no question and no answer, only what counts."""
    with force_locale(affected.locale):
        about = {"round": named.round_name, "contest": named.contest_title}
        lead = gettext("The committee has ruled anew on a question of “%(round)s” (%(contest)s).", **about)
        lines = [
            gettext(
                "Attempt %(number)s was marked again: before %(before)s, now %(after)s.",
                number=each.number,
                before=_counted(each.before),
                after=_counted(each.after),
            )
            for each in affected.attempts
        ]
        close = gettext("Ranks and prizes are those of the list that the committee publishes.")
        body = " ".join([lead, *lines, close])
        path = path_to("quiz.round_page", round_id=named.round_public_id)
        if len(affected.attempts) == 1:
            path = path_to("quiz.result", attempt_id=affected.attempts[0].public_id)
        return News(
            contest_id=named.contest_id,
            person_id=affected.person_id,
            source=source_of_result(correction_id),
            title=gettext("Your result has changed"),
            body=body,
            path=path,
            letter=letter_of(body, path, named.organizer_name),
        )


def _counted(counted: Counted) -> str:
    points = show_scaled(counted.points, 3, get_locale().language)
    facts = {"right": counted.right, "of": counted.questions, "points": points}
    return str(gettext("%(right)s/%(of)s right (%(points)s points)", **facts))


CORRECTION = ActKind(
    code=KIND,
    title=lazy_gettext("Correction of a key"),
    deciders=DECIDE,
    content=proposed_correction,
    lines=_lines,
    carry_out=apply_correction,
    author=author_of,
)
