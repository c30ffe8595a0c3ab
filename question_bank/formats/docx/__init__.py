"""Word documents (.docx) of questions."""

from question_bank.formats.base import Format
from question_bank.formats.docx.reader import read_questions
from question_bank.formats.docx.writer import losses, write_questions

DOCX = Format(read_questions, write_questions, losses)
"""Tables, or text as committees write it."""
