"""What the desk does: banks, topics, writing, review, import, copies, looks. Each act leaves one record."""

from contest.questions.services.banks import assign_bank, change_bank, create_bank
from contest.questions.services.copying import Receiver, copy_questions
from contest.questions.services.importing import (
    begin_import,
    discard_import,
    import_questions,
    load_bank,
    take_import,
    undo_import,
)
from contest.questions.services.limits import exclude_together, limit_question
from contest.questions.services.looks import Look, record_looks
from contest.questions.services.remarks import add_remark, answer_remark, settle_remark
from contest.questions.services.review import (
    approve_questions,
    restore_question,
    retire_questions,
    return_question,
    send_to_review,
    take_back,
)
from contest.questions.services.topics import add_topic, change_topic, merge_topic
from contest.questions.services.writing import revise_question, write_question

__all__ = [
    "Look",
    "Receiver",
    "add_remark",
    "add_topic",
    "answer_remark",
    "approve_questions",
    "assign_bank",
    "begin_import",
    "change_bank",
    "change_topic",
    "copy_questions",
    "create_bank",
    "discard_import",
    "exclude_together",
    "import_questions",
    "limit_question",
    "load_bank",
    "merge_topic",
    "record_looks",
    "restore_question",
    "retire_questions",
    "return_question",
    "revise_question",
    "send_to_review",
    "settle_remark",
    "take_back",
    "take_import",
    "undo_import",
    "write_question",
]
