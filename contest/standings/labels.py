"""Words of standings: keys, what they are worth, sentences about rules."""

from collections.abc import Callable
from datetime import timedelta

from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from markupsafe import Markup

from contest.i18n import DEFAULT_ZONE, local, show_date, show_duration, show_number, show_scaled
from contest.standings.domain.judged import EssayMark
from contest.standings.domain.prizes import Floor, Tier, TieRule
from contest.standings.domain.ranking import EPOCH, KEYS, Direction, Gate, Measure, Step, Values
from contest.standings.domain.units import Formula
from contest.standings.policies import DESK
from contest.web.content import content
from contest.web.menu import MenuItem
from question_bank.kinds.prediction import PERCENT_DIGITS

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
MISSING = "–"

MENU = (
    MenuItem(
        65,
        "standings.index",
        lazy_gettext("Standings"),
        "sort-descending-numbers",
        frozenset(DESK),
        frozenset({"publication"}),
    ),
)

ERRORS = {
    "standings_without_rules": lazy_gettext("No rules were in force when this round closed, so nobody can be ranked."),
    "standings_not_closed": lazy_gettext("This round has not closed yet."),
    "standings_not_marked": lazy_gettext(
        "%(attempts)s attempts are still open or not marked. They are closed and marked by themselves within a minute."
    ),
    "standings_not_judged": lazy_gettext(
        "Not every entry has its score: %(unjudged)s wait for score sheets, %(to_agree)s for the score that the chair "
        "agrees with the judges."
    ),
    "standings_not_scored": lazy_gettext("Not every entry has its score: %(unjudged)s wait for score sheets."),
    "standings_not_agreed": lazy_gettext(
        "Not every entry has its score: %(to_agree)s wait for the score that the chair agrees with the judges."
    ),
    "places_unclear": lazy_gettext("Give each person another place, from 1 to %(most)s."),
    "chain_empty": lazy_gettext("Choose at least one key to rank by."),
    "chain_key_twice": lazy_gettext("Line %(row)s: each key can be used only once."),
    "prize_incomplete": lazy_gettext("Line %(row)s: a prize needs a name and a number."),
    "prize_twice": lazy_gettext("Line %(row)s: another prize has the same name."),
    "prize_minimum": lazy_gettext("Line %(row)s: say how many right answers or points the prize asks for."),
    "points_incomplete": lazy_gettext("Line %(row)s: write the name of the prize and its points."),
    "points_missing": lazy_gettext("Say how many points each prize brings to its winner's unit."),
}

ACTS = {
    "target.fixed": lazy_gettext("fixed the number that predictions are compared with"),
    "target.moved": lazy_gettext("counted again the number that predictions are compared with"),
    "tie.undone": lazy_gettext("voided a decision about a tie"),
    "tie.decided": lazy_gettext("recorded a decision about a tie"),
}

KEY_NAMES = {
    "all_right": lazy_gettext("Every answer right"),
    "right_count": lazy_gettext("Right answers"),
    "points": lazy_gettext("Points"),
    "deviation": lazy_gettext("Distance of the prediction"),
    "duration_ms": lazy_gettext("Time taken"),
    "submitted_at": lazy_gettext("Moment of handing in"),
    "started_at": lazy_gettext("Moment of starting"),
    "since_opening_ms": lazy_gettext("Time since the round opened"),
    "perfect_count": lazy_gettext("Attempts with every answer right"),
    "attempt_count": lazy_gettext("Number of attempts"),
    "judged_score": lazy_gettext("Judged score"),
    "manual": lazy_gettext("Decision of the committee"),
}
_ORDERS = {
    (Measure.INSTANT, Direction.ASC): lazy_gettext("the earlier stands first"),
    (Measure.INSTANT, Direction.DESC): lazy_gettext("the later stands first"),
    (Measure.DURATION, Direction.ASC): lazy_gettext("the shorter stands first"),
    (Measure.DURATION, Direction.DESC): lazy_gettext("the longer stands first"),
    (Measure.PREDICTION, Direction.ASC): lazy_gettext("the closer stands first"),
    (Measure.PREDICTION, Direction.DESC): lazy_gettext("the farther stands first"),
    (Measure.SCORE, Direction.DESC): lazy_gettext("the higher stands first"),
    (Measure.SCORE, Direction.ASC): lazy_gettext("the lower stands first"),
    (Measure.YES_NO, Direction.DESC): lazy_gettext("those who have it stand first"),
    (Measure.YES_NO, Direction.ASC): lazy_gettext("those who don't have it stand first"),
}
DIRECTIONS = {
    Direction.DESC: lazy_gettext("the larger stands first"),
    Direction.ASC: lazy_gettext("the smaller stands first"),
}
GATES = {
    Gate.NONE: lazy_gettext("Everybody who took part is ranked together"),
    Gate.LAST: lazy_gettext("Those with every answer right stand before all others"),
    Gate.DROP: lazy_gettext("Only those with every answer right are ranked"),
}
FLOORS = {
    Floor.NONE: lazy_gettext("no condition"),
    Floor.ALL_RIGHT: lazy_gettext("every answer right"),
    Floor.RIGHT_COUNT: lazy_gettext("at least so many right answers"),
    Floor.JUDGED_SCORE: lazy_gettext("at least so many judged points"),
}
TIES = {
    TieRule.AWARD_ALL: lazy_gettext("When more people are tied than prizes are left, all of them get the prize."),
    TieRule.STOP_BEFORE: lazy_gettext(
        "When more people are tied than prizes are left, none of them gets it; they are considered for the next prize."
    ),
    TieRule.DECIDE: lazy_gettext("When more people are tied than prizes are left, the committee decides in writing."),
}
FORMULAS = {
    Formula.NONE: lazy_gettext("Units are not ranked"),
    Formula.PARTICIPANTS: lazy_gettext("By the number of people taking part"),
    Formula.RATE: lazy_gettext("By the share of the unit's people who took part"),
    Formula.RATE_AND_PRIZES: lazy_gettext("By the share of the unit's people who took part plus points for prizes"),
}


def step_words(step: Step) -> str:
    """A step of the chain as a sentence: `Right answers: the larger stands first`."""
    order = _ORDERS.get((KEYS[step.key].measure, step.direction), DIRECTIONS[step.direction])
    if step.key == "manual":
        return str(KEY_NAMES[step.key])
    return f"{KEY_NAMES[step.key]}: {order}"


def tier_words(tier: Tier) -> str:
    """A prize as a sentence: name, number, worth, condition."""
    parts = [ngettext("%(num)d prize", "%(num)d prizes", tier.count), content(tier.worth)]
    if tier.floor is Floor.ALL_RIGHT:
        parts.append(gettext("only with every answer right"))
    elif tier.floor is Floor.RIGHT_COUNT:
        parts.append(
            ngettext(
                "only with at least %(num)d right answer", "only with at least %(num)d right answers", tier.minimum
            )
        )
    elif tier.floor is Floor.JUDGED_SCORE:
        points = show_scaled(tier.minimum, 3, get_locale().language)
        parts.append(gettext("only with a judged score of at least %(points)s", points=points))
    return Markup("{}: {}").format(content(tier.name), Markup(", ").join(part for part in parts if part))


def prize_points_words(tier: str, number: int) -> str:
    """What a prize brings to its winner's unit: `Giải Nhất: 10 điểm`."""
    points = ngettext("%(num)d point", "%(num)d points", number)
    return Markup("{}: {}").format(content(tier), points)


def value_words(code: str, values: Values, *, zone: str = DEFAULT_ZONE, is_percent: bool = False) -> str:
    """What a result is worth on a key, exactly enough that two different values never look the same."""
    return value_writer(code, zone=zone, is_percent=is_percent)(values)


def value_writer(code: str, *, zone: str, is_percent: bool) -> Callable[[Values], str]:
    """`value_words` of one key for many results: what doesn't depend on the result is found out once."""
    language = get_locale().language
    words: dict[Measure, Callable[[int, Values], str]] = {
        Measure.YES_NO: lambda value, _values: str(gettext("yes") if value else gettext("no")),
        Measure.RIGHT: lambda value, values: f"{value}/{values.get('question_count')}",
        Measure.POINTS: lambda value, _values: show_scaled(value, 3, language),
        Measure.SCORE: lambda value, values: score_words(value, values.get("decimals") or 0),
        Measure.PREDICTION: lambda value, _values: prediction_words(value, is_percent=is_percent),
        Measure.DURATION: lambda value, _values: _span_words(value, language),
        Measure.INSTANT: lambda value, _values: _instant_words(value, zone, language),
        Measure.COUNT: lambda value, _values: show_number(value, language),
    }
    write = words[KEYS[code].measure]

    def written(values: Values) -> str:
        value = values.get(code)
        return MISSING if value is None else write(value, values)

    return written


def score_words(value: int, decimals: int) -> str:
    """A judged score of 1/1000 point, always with the decimals of the panel rule (`85,0`), and more if it has more."""
    language = get_locale().language
    mark = "," if language == "vi" else "."
    whole, _, fraction = show_scaled(value, 3, language).partition(mark)
    fraction = fraction.ljust(decimals, "0")
    return f"{whole}{mark}{fraction}" if fraction else whole


def essay_score_words(mark: EssayMark) -> str:
    """What judges gave of their scale: `85,5/100`; that they gave nothing where the case was set aside."""
    if mark.score is None:
        return str(gettext("set aside"))
    return f"{score_words(mark.score, mark.decimals)}/{show_scaled(mark.scale, 3, get_locale().language)}"


def essay_points_words(mark: EssayMark) -> str:
    """What that earned of the question's points: `4,275/5`."""
    language = get_locale().language
    return f"{show_scaled(mark.earned, 3, language)}/{show_scaled(mark.most, 3, language)}"


def prediction_words(value: int | None, *, is_percent: bool) -> str:
    """A predicted or real number, or a percentage of five decimals at most."""
    if value is None:
        return MISSING
    language = get_locale().language
    return f"{show_scaled(value, PERCENT_DIGITS, language)} %" if is_percent else show_number(value, language)


def _span_words(milliseconds: int, language: str) -> str:
    """mm:ss,mmm, with hours and days before it where there are any."""
    days, rest = divmod(milliseconds, DAY_MS)
    hours, rest = divmod(rest, HOUR_MS)
    clock = show_duration(rest, language)
    if days or hours:
        clock = f"{hours:02d}:{clock}"
    if not days:
        return clock
    whole_days = ngettext("%(num)d day", "%(num)d days", days)
    return f"{whole_days} {clock}"


def _instant_words(milliseconds: int, zone: str, language: str) -> str:
    """hh:mm:ss,mmm dd/mm/yyyy of an instant in milliseconds since 1970."""
    there = local(EPOCH + timedelta(milliseconds=milliseconds), zone)
    mark = "," if language == "vi" else "."
    return f"{there:%H:%M:%S}{mark}{there.microsecond // 1000:03d} {show_date(there.date())}"


def rate_words(rate: int) -> str:
    """A rate in 1/1000 % with one decimal, as tables of units show it."""
    tenths = (rate + 50) // 100
    mark = "," if get_locale().language == "vi" else "."
    return f"{show_number(tenths // 10, get_locale().language)}{mark}{tenths % 10} %"
