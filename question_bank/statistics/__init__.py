"""What answers say about questions and papers. Descriptive numbers: nobody's score is made from them."""

from question_bank.statistics.figures import (
    AnswerRow,
    ItemFigures,
    PaperFigures,
    PartFigures,
    item_figures,
    paper_figures,
)
from question_bank.statistics.flags import LEAST_ATTEMPTS, Flag, flags_of, too_few
from question_bank.statistics.gathering import Answer, Gathering, Statistics, statistics_of
from question_bank.statistics.guessing import guess_share

__all__ = [
    "LEAST_ATTEMPTS",
    "Answer",
    "AnswerRow",
    "Flag",
    "Gathering",
    "ItemFigures",
    "PaperFigures",
    "PartFigures",
    "Statistics",
    "flags_of",
    "guess_share",
    "item_figures",
    "paper_figures",
    "statistics_of",
    "too_few",
]
