"""Moodle's XML, with the pictures and sounds of its questions."""

from question_bank.formats.base import Format
from question_bank.formats.moodle_losses import losses
from question_bank.formats.moodle_reader import read_questions
from question_bank.formats.moodle_writer import write_questions

MOODLE = Format(read_questions, write_questions, losses)
