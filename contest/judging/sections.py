"""The section "panel" of the rules: read, checked and put into sentences here, where it is executed."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.domain import Lack, RuleLine
from contest.contests.models import Round, RoundKind, RulesVersion
from contest.contests.queries import rules_in_force
from contest.errors import DomainError
from contest.i18n import nfc, show_scaled
from contest.judging.domain.panel import Criterion, Panel, default_panel, points, read_panel
from contest.judging.forms.panel import BLANK_ROWS, PanelForm
from contest.judging.queries import find_panel, judges_of, rounds_with_essays
from contest.quiz.domain.policy import Counted, Span, read_policy
from contest.quiz.services.sets import most_judged
from contest.web.content import content, worded

MOST_ESSAYS = 5
"""On one paper: a form without a script sends all of them in one request."""

_CODE = re.compile(r"c[1-9]\d{0,2}")


class PanelSection:
    """How many judges score an entry, by which rubric, and what settles the score."""

    code = "panel"
    kinds = frozenset({RoundKind.ENTRY.value})
    position = 35
    title = lazy_gettext("Judging")
    template = "judging/sections/panel.html"

    def default(self) -> dict[str, Any]:
        """Two judges, the scale of 100, the rule of QĐ 612/QĐ-UBND; the rubric is to be written."""
        return default_panel()

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """A rubric that is incomplete or does not add up to the scale, marks that can't reach their most points."""
        problems = _problems_of_rows(value)
        if not value["criteria"]:
            problems.append(DomainError("criteria_missing"))
        elif not problems and (most := read_panel(value).max_total) != value["scale"]:
            problems.append(DomainError("rubric_total", total=points(most), scale=points(value["scale"])))
        if not 0 < value["agree_from"] <= value["scale"]:
            problems.append(DomainError("agree_from_out_of_range", field="agree_from"))
        return problems

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """Who scores by what, and what becomes the official score."""
        panel = read_panel(value)
        judges = _judge_words(panel)
        scale = gettext("%(points)s points at most", points=_shown(panel.scale))
        rubric = tuple(_criterion_words(each) for each in panel.criteria if each.name)
        return [
            RuleLine("gavel", gettext("Judges"), judges, _conflict_words()),
            RuleLine("list-check", gettext("Rubric"), scale, _step_words(panel), rubric),
            RuleLine("scale", gettext("Official score"), _mean_words(panel), _agreement_words(panel)),
        ]

    def form(self, value: Mapping[str, Any] | None) -> PanelForm:
        """The form of this section, with a few blank lines at the end."""
        if value is None:
            return PanelForm()
        rows = [{**each, "max_points": each["max"]} for each in value["criteria"]]
        chosen = {"step": str(value["step"]), "decimals": str(value["decimals"])}
        return PanelForm(data={**value, **chosen, "criteria": rows + [{}] * BLANK_ROWS})

    def value(self, form: PanelForm) -> dict[str, Any]:
        """The lines in which anything is written; without a weight a criterion counts once."""
        rows = [row for row in form.criteria.data if nfc(row["name"] or "") or row["max_points"] is not None]
        criteria = [
            {
                "code": code,
                "name": nfc(row["name"] or ""),
                "max": row["max_points"] or 0,
                "weight": 10 if row["weight"] is None else row["weight"],
            }
            for row, code in zip(rows, _codes([row["code"] for row in rows]), strict=True)
        ]
        return {
            "criteria": criteria,
            "judges": form.judges.data,
            "scale": form.scale.data,
            "decimals": int(form.decimals.data),
            "agree_from": form.agree_from.data,
            "step": int(form.step.data),
            "lease_minutes": form.lease_minutes.data,
        }


class EssayPanelSection(PanelSection):
    """The same for the essay answers of quiz rounds; without a rubric there are none to judge."""

    code = "essay_panel"
    kinds = frozenset({RoundKind.QUIZ.value})
    title = lazy_gettext("Judging of essays")

    def default(self) -> dict[str, Any]:
        """No rubric: most quizzes have no essays."""
        return {**default_panel(), "criteria": []}

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """A rubric, once it is begun, is held to the same."""
        return super().problems(value) if value["criteria"] else []

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """What is judged, and how a score becomes points of the quiz."""
        if not value["criteria"]:
            return []
        who, *rest = super().lines(value)
        points = gettext(
            "An essay earns its question's points times the official score over the scale, rounded half up to 0.001. "
            "Where the best attempt counts, the essays of every attempt are judged."
        )
        title = gettext("Judges of essays")
        return [RuleLine(who.icon, title, who.answer, who.condition), *rest, RuleLine("pencil", self.title, points)]


def _judge_words(panel: Panel) -> str:
    return str(
        ngettext(
            "%(num)d judge scores each entry, without knowing whose it is",
            "%(num)d judges score each entry, each for themselves and without knowing whose it is",
            panel.judges,
        )
    )


def _problems_of_rows(value: Mapping[str, Any]) -> list[DomainError]:
    names = [each["name"].casefold() for each in value["criteria"]]
    problems = []
    for row, each in enumerate(value["criteria"], start=1):
        if not each["name"] or not each["max"] or not each["weight"]:
            problems.append(DomainError("criterion_incomplete", row=row))
        elif names[row - 1] in names[: row - 1]:
            problems.append(DomainError("criterion_twice", row=row))
        elif each["max"] % value["step"]:
            problems.append(DomainError("criterion_step", row=row, step=points(value["step"])))
    return problems


def _codes(known: list[str | None]) -> list[str]:
    """The code of each line: its own, or a new one where it has none, one of another line or one that was made up."""
    codes: list[str] = []
    last = max((int(code[1:]) for code in known if code and _CODE.fullmatch(code)), default=0)
    for code in known:
        is_kept = bool(code and _CODE.fullmatch(code)) and code not in codes
        last += not is_kept
        codes.append(code if code and is_kept else f"c{last}")
    return codes


def _criterion_words(criterion: Criterion) -> str:
    most = gettext("at most %(points)s points", points=_shown(criterion.max_points))
    if criterion.weight != 10:
        weight = show_scaled(criterion.weight, 1, get_locale().language)
        most = gettext("%(most)s, counted %(weight)s times", most=most, weight=weight)
    return worded("%(name)s: %(most)s", name=content(criterion.name), most=most)


def _conflict_words() -> str:
    return str(gettext("Nobody scores an entry of a person with whom a conflict of interest is noted."))


def _step_words(panel: Panel) -> str:
    return str(gettext("Marks go in steps of %(step)s.", step=_shown(panel.step)))


def _mean_words(panel: Panel) -> str:
    taken = gettext("The judge's total") if panel.judges == 1 else gettext("The mean of the judges' totals")
    if panel.decimals == 0:
        return str(gettext("%(taken)s, rounded half up to whole points", taken=taken))
    return str(
        ngettext(
            "%(taken)s, rounded half up to %(num)d decimal",
            "%(taken)s, rounded half up to %(num)d decimals",
            panel.decimals,
            taken=taken,
        )
    )


def _agreement_words(panel: Panel) -> str:
    if panel.judges == 1:
        return ""
    return str(
        gettext(
            "Where totals lie %(points)s points apart or more, the chief judge agrees the score with the judges and "
            "records it.",
            points=_shown(panel.agree_from),
        )
    )


def _shown(thousandths: int) -> str:
    return show_scaled(thousandths, 3, get_locale().language)


def opening_lacks(session: Session, round_: Round) -> list[Lack]:
    """Rules that say how entries, or the essays of a quiz, are judged; and, as a reminder, people who judge them."""
    rules = rules_in_force(session, round_.contest_id)
    if rules is None:
        return []
    essays = most_judged(session, round_) if round_.kind is RoundKind.QUIZ else 0
    if round_.kind is RoundKind.QUIZ and not essays:
        return []
    panel = find_panel(rules, round_.kind)
    if panel is None:
        return [Lack("panel_missing", _missing_rubric(round_.kind), fix_endpoint="rules.index")]
    return [*_essay_lacks(rules, essays), *_judge_lacks(session, round_, panel)]


def _missing_rubric(kind: RoundKind) -> str:
    if kind is RoundKind.ENTRY:
        return str(gettext("Rules in force that say how entries are judged are missing."))
    return str(
        gettext("The bank has essay questions, but the rules in force have no rubric for them (“Judging of essays”).")
    )


def _essay_lacks(rules: RulesVersion, essays: int) -> list[Lack]:
    lacks = []
    if essays > MOST_ESSAYS:
        sentence = gettext(
            "A paper could have %(num)s essays; at most %(most)s are possible. Give essays a topic and a line of the "
            "paper of their own.",
            num=essays,
            most=MOST_ESSAYS,
        )
        lacks.append(Lack("essays_many", sentence, fix_endpoint="rules.index"))
    if essays and _may_try_again(rules):
        sentence = gettext(
            "The best of several attempts counts, and which is best depends on the essays: judges have to score the "
            "essays of every attempt."
        )
        lacks.append(Lack("essays_of_every_attempt", sentence, blocks=False, fix_endpoint="rules.index"))
    return lacks


def _may_try_again(rules: RulesVersion) -> bool:
    if "attempts" not in rules.sections:
        return False
    policy = read_policy(rules.sections["attempts"])
    return policy.counted is Counted.BEST and not (policy.tries == 1 and policy.span in {Span.ROUND, Span.CONTEST})


def _judge_lacks(session: Session, round_: Round, panel: Panel) -> list[Lack]:
    missing = panel.judges - len(judges_of(session, round_.contest_id, clock.now()))
    if missing <= 0:
        return []
    sentence = ngettext(
        "%(num)d more judge has to be named before judging begins.",
        "%(num)d more judges have to be named before judging begins.",
        missing,
    )
    return [Lack("judges_missing", sentence, blocks=False, fix_endpoint="seats.index")]


def keep_rubric(session: Session, version: RulesVersion, now: datetime) -> None:
    """Refuse rules without a rubric while a released round draws essays. Raises `rubric_needed` with its name."""
    if find_panel(version, RoundKind.QUIZ) is not None:
        return
    for round_ in rounds_with_essays(session, version.contest_id):
        if round_.cancelled_at is None and round_.closes_at > now:
            raise DomainError("rubric_needed", round=round_.name)


SECTIONS = (PanelSection(), EssayPanelSection())
