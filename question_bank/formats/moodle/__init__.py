"""Moodle's XML, with the pictures and sounds of its questions."""

from question_bank.formats.base import Format
from question_bank.formats.moodle.losses import losses
from question_bank.formats.moodle.reader import read_questions
from question_bank.formats.moodle.writer import write_questions

MOODLE = Format(read_questions, write_questions, losses)
