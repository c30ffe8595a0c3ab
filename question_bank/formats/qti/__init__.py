"""QTI packages, the exchange format of assessment systems."""

from question_bank.formats.base import Format
from question_bank.formats.qti.reader import read_questions
from question_bank.formats.qti.writer import losses, write_questions

QTI = Format(read_questions, write_questions, losses)
