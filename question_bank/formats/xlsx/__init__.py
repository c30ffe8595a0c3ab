"""The committee's Excel workbook."""

from question_bank.formats.base import Format
from question_bank.formats.xlsx.reader import read_questions
from question_bank.formats.xlsx.writer import write_questions

XLSX = Format(read_questions, write_questions, holds_limits=True)
