"""GIFT, Moodle's text format for questions."""

from question_bank.formats.base import Format
from question_bank.formats.gift.reader import read_questions
from question_bank.formats.gift.writer import losses, write_questions

GIFT = Format(read_questions, write_questions, losses)
