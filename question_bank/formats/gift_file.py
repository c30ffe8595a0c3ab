"""GIFT, Moodle's text format for questions."""

from question_bank.formats.base import Format
from question_bank.formats.gift_reader import read_questions
from question_bank.formats.gift_writer import losses, write_questions

GIFT = Format(read_questions, write_questions, losses)
