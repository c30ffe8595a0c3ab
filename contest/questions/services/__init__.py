"""What the desk does: banks, writing, review, import. Each act leaves one record."""

from contest.questions.services.banks import assign_bank, change_bank, create_bank
from contest.questions.services.importing import import_questions, load_bank
from contest.questions.services.review import (
    add_remark,
    approve_questions,
    retire_questions,
    return_question,
    send_to_review,
)
from contest.questions.services.writing import revise_question, write_question

__all__ = [
    "add_remark",
    "approve_questions",
    "assign_bank",
    "change_bank",
    "create_bank",
    "import_questions",
    "load_bank",
    "retire_questions",
    "return_question",
    "revise_question",
    "send_to_review",
    "write_question",
]
