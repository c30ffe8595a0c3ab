"""Words of the quiz."""

from flask_babel import lazy_gettext

from contest.questions.policies import OVERSEERS
from contest.quiz.domain.policy import Counted, KeyTime, ResultTime, Span
from contest.quiz.domain.prediction import Target
from contest.quiz.domain.sample import Sample
from contest.web.menu import MenuItem
from question_bank.blueprint import Repeats

MENU = (
    MenuItem(51, "papers.index", lazy_gettext("Exam papers"), "list-check", frozenset(OVERSEERS)),
    MenuItem(52, "prints.index", lazy_gettext("Printed papers"), "printer", frozenset(OVERSEERS)),
    MenuItem(55, "statistics.index", lazy_gettext("Question statistics"), "chart-bar", frozenset(OVERSEERS)),
)

ERRORS = {
    "statistics_not_closed": lazy_gettext(
        "This round is not over yet. Its statistics are drawn up after it has closed."
    ),
    "statistics_not_marked": lazy_gettext(
        "Some attempts of this round are not marked yet. Try again in a few minutes."
    ),
    "statistics_under_way": lazy_gettext("The statistics of this round are being drawn up already."),
    "committee_member": lazy_gettext("Members of the committee can't take part in their own contest."),
    "not_joined": lazy_gettext("Choose your group and unit first."),
    "round_not_open": lazy_gettext("This round is not open now."),
    "excluded": lazy_gettext("The committee has excluded you from this contest. Ask the committee for the reason."),
    "no_tries_left": lazy_gettext("You have used every attempt that the rules allow for now."),
    "rules_missing": lazy_gettext("The rules are not in force yet, or say nothing about the paper."),
    "bank_missing": lazy_gettext("No question bank is assigned to this round."),
    "paper_not_fillable": lazy_gettext("The bank does not hold enough approved questions for the paper."),
    "new_paper_not_fillable": lazy_gettext(
        "These rules can't come into force: the bank of the round %(round)s, which is released already, does not hold "
        "enough approved questions for the new paper. Add questions to the bank, or change the blueprint."
    ),
    "print_present": lazy_gettext("The files of this print are there already, or are just being made."),
    "prints_many": lazy_gettext("%(most)s prints are being made at this moment. Wait until one is done."),
    "minutes_out_of_range": lazy_gettext("Between 1 and %(max)s minutes."),
    "tries_out_of_range": lazy_gettext("Between 1 and %(max)s, or left empty for no limit."),
    "tolerance_out_of_range": lazy_gettext("Between 0 and %(max)s seconds."),
    "question_text_missing": lazy_gettext("Write the question that people answer."),
    "rows_missing": lazy_gettext("Say how many questions are drawn: at least one line with a number."),
    "row_count": lazy_gettext("Line %(row)s: the number of questions must be at least 1."),
    "row_points": lazy_gettext("Line %(row)s: the points of a question must be above 0 and at most %(most)s."),
    "row_section": lazy_gettext("Line %(row)s: choose one of the sections that have a title."),
    "section_title": lazy_gettext("Section %(section)s has instructions, but no title."),
    "section_empty": lazy_gettext("Section %(section)s has no line: give it one, or clear its title."),
}

ACTS = {
    "set.frozen": lazy_gettext("Questions of the round frozen"),
    "papers.ordered": lazy_gettext("Papers printed"),
    "papers.reordered": lazy_gettext("Papers printed again"),
}

SPANS = {
    Span.ROUND: lazy_gettext("in each round"),
    Span.DAY: lazy_gettext("a day"),
    Span.WEEK: lazy_gettext("a week"),
    Span.CONTEST: lazy_gettext("in the whole contest"),
}
COUNTED = {
    Counted.BEST: lazy_gettext("The best attempt counts"),
    Counted.FIRST: lazy_gettext("The first attempt counts"),
    Counted.LAST: lazy_gettext("The last attempt counts"),
}
REPEATS = {
    Repeats.ALLOWED: lazy_gettext("May come again"),
    Repeats.FEWEST: lazy_gettext("Come again only when nothing else fills the paper"),
}
RESULT_TIMES = {
    ResultTime.AT_ONCE: lazy_gettext("Right after handing in"),
    ResultTime.AFTER_CLOSING: lazy_gettext("After the round closes"),
}
KEY_TIMES = {
    KeyTime.NEVER: lazy_gettext("The right answers are not shown"),
    KeyTime.AFTER_CLOSING: lazy_gettext("The right answers are shown after the round closes"),
}
TARGETS = {
    Target.ALL_RIGHT: lazy_gettext("Number of people with every answer right"),
    Target.PARTICIPANTS: lazy_gettext("Number of people taking part"),
    Target.ATTEMPTS: lazy_gettext("Number of attempts"),
    Target.ALL_RIGHT_PERCENT: lazy_gettext("Percentage of people with every answer right"),
}
SAMPLES = {
    Sample.FIRST: lazy_gettext("The first attempt of each person"),
    Sample.BEST: lazy_gettext("The best attempt of each person"),
    Sample.ALL: lazy_gettext("All attempts"),
}
