"""The section "paper" of the rules: what a paper is drawn from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from markupsafe import Markup

from contest.contests.domain import RuleLine
from contest.contests.models import RoundKind
from contest.errors import DomainError
from contest.i18n import nfc, show_scaled
from contest.questions.labels import kind_names
from contest.quiz.forms import BLANK_ROWS, BLANK_SECTIONS, PaperForm
from contest.quiz.services.sets import read_blueprint
from contest.web.content import content
from contest.web.forms import show_on
from question_bank.blueprint import Blueprint, BlueprintRow, InvalidBlueprint, Repeats
from question_bank.points import points_in, points_text

_FAULTY = {"row_points": "points", "row_section": "section"}
"""Where in its line a fault stands; that of a section stands at its title."""


class PaperSection:
    """What a paper is drawn from. Its value holds nothing that says no more than an older version's rows alone."""

    code = "paper"
    kinds = frozenset({RoundKind.QUIZ.value})
    position = 20
    title = lazy_gettext("Paper")
    template = "quiz/sections/paper.html"

    def default(self) -> dict[str, Any]:
        """Twenty questions of any topic and difficulty."""
        return {"rows": [{"topic": None, "difficulty": None, "count": 20}]}

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """No rows, or what no paper could be."""
        if not value["rows"]:
            return [DomainError("rows_missing")]
        try:
            read_blueprint(value)
        except InvalidBlueprint as error:
            return [DomainError(problem.code, field=None, **dict(problem.values)) for problem in error.problems]
        return []

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """The number of questions and where they come from; a line for each section."""
        blueprint = read_blueprint(value)
        lines = [RuleLine("list-check", gettext("Paper"), _questions(blueprint.rows), _condition(blueprint))]
        if blueprint.sections:
            return [*lines, *_section_lines(blueprint)]
        whole = [row.scope for row in blueprint.rows] == [(None, None, None)] and blueprint.rows[0].points is None
        [line] = lines
        items = () if whole else _topics(blueprint) if blueprint.is_plain else tuple(map(row_line, blueprint.rows))
        return [RuleLine(line.icon, line.term, line.answer, line.condition, items)]

    def form(self, value: Mapping[str, Any] | None) -> PaperForm:
        """The form of this section, with a few blank lines at the end."""
        if value is None:
            return TypedPaper()
        sections = list(value.get("sections", []))
        return TypedPaper(
            data={
                "rows": [*map(_shown_row, value["rows"]), *[{}] * BLANK_ROWS],
                "sections": [*sections, *[{}] * BLANK_SECTIONS],
                "repeats": value.get("repeats", Repeats.ALLOWED.value),
            }
        )

    def value(self, form: PaperForm) -> dict[str, Any]:
        """The lines that have a number, the sections that have words."""
        numbers, sections = [], []
        for number, section in enumerate(form.sections.data, start=1):
            words = {name: nfc(section[name] or "") for name in ("title", "instructions")}
            if any(words.values()):
                numbers.append(str(number))
                sections.append(words)
        value: dict[str, Any] = {"rows": [_stored_row(row, numbers) for row in form.rows.data if row["count"]]}
        if sections:
            value["sections"] = sections
        if form.repeats.data != Repeats.ALLOWED.value:
            value["repeats"] = form.repeats.data
        return value


class TypedPaper(PaperForm):
    """The form, which names what is wrong by the lines as they stand in it, with those that are left out."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what no paper could be."""
        if not super().validate(extra_validators):
            return False
        section = PaperSection()
        seen = {
            "row": [number for number, row in enumerate(self.rows.data, start=1) if row["count"]],
            "section": [number for number, words in enumerate(self.sections.data, start=1) if any(words.values())],
        }
        for problem in section.problems(section.value(self)):
            for name in seen.keys() & problem.values.keys():
                place = problem.values[name] = seen[name][cast("int", problem.values[name]) - 1]
                problem.field = f"{name}s-{place - 1}-{_FAULTY.get(problem.code, 'title')}"
            show_on(self, problem)
        return not self.has_errors


def scope_words(row: BlueprintRow) -> Markup:
    """What a row of the blueprint draws from: topic, difficulty and kind."""
    words = [content(row.topic) if row.topic else gettext("any topic")]
    if row.difficulty is not None:
        words.append(gettext("difficulty %(level)s", level=row.difficulty))
    if row.kind is not None:
        words.append(content(kind_names()[row.kind]))
    return Markup(", ").join(words)


def row_line(row: BlueprintRow) -> str:
    """What a row of the blueprint draws, in words."""
    counted = [_questions([row])]
    if row.points is not None:
        points = show_scaled(row.points, 3, get_locale().language)
        counted.append(gettext("%(points)s points each", points=points))
    line: str = Markup("{}: {}").format(scope_words(row), ", ".join(counted))
    return line


def _shown_row(row: Mapping[str, Any]) -> dict[str, Any]:
    points, section = row.get("points"), row.get("section")
    return {
        **row,
        "difficulty": str(row["difficulty"] or ""),
        "kind": row.get("kind") or "",
        "points": "" if points is None else points_text(points),
        "section": "" if section is None else str(section + 1),
    }


def _stored_row(row: Mapping[str, Any], sections: Sequence[str]) -> dict[str, Any]:
    """What cannot be read as points is none, and a section without words is nowhere: both are refused with a sentence.

    A row without a section is in the first one, where there are any.
    """
    stored: dict[str, Any] = {
        "topic": nfc(row["topic"] or "") or None,
        "difficulty": int(row["difficulty"]) if row["difficulty"] else None,
        "count": row["count"],
    }
    if row["kind"]:
        stored["kind"] = row["kind"]
    if row["points"]:
        stored["points"] = points_in(row["points"]) or 0
    if sections:
        wanted = row["section"] or sections[0]
        stored["section"] = sections.index(wanted) if wanted in sections else len(sections)
    return stored


def _condition(blueprint: Blueprint) -> str:
    drawn = gettext("Drawn by lot for each attempt from the question bank of the round; options are shuffled.")
    if blueprint.repeats is Repeats.ALLOWED:
        return str(drawn)
    again = gettext("What a person met on an earlier paper of the contest comes again only when nothing else is left.")
    return f"{drawn} {again}"


def _section_lines(blueprint: Blueprint) -> Iterator[RuleLine]:
    for number, section in enumerate(blueprint.sections):
        rows = [row for row in blueprint.rows if row.section == number]
        items = tuple(map(row_line, rows))
        yield RuleLine("list-check", content(section.title), _questions(rows), content(section.instructions), items)


def _questions(rows: Sequence[BlueprintRow]) -> str:
    return str(ngettext("%(num)s question", "%(num)s questions", sum(row.count for row in rows)))


def _topics(blueprint: Blueprint) -> tuple[str, ...]:
    """A line per topic with its number of questions, and how difficult they are where the blueprint says so."""
    by_topic: dict[str | None, list[BlueprintRow]] = {}
    for row in blueprint.rows:
        by_topic.setdefault(row.topic, []).append(row)
    return tuple(_topic_line(topic, rows) for topic, rows in by_topic.items())


def _topic_line(topic: str | None, rows: Sequence[BlueprintRow]) -> str:
    name = content(topic) if topic else gettext("any topic")
    line = Markup("{}: {}").format(name, _questions(rows))
    levels = [
        gettext("difficulty %(level)s: %(count)s", level=row.difficulty, count=row.count)
        for row in rows
        if row.difficulty is not None
    ]
    return Markup("{} ({})").format(line, "; ".join(levels)) if levels else line
