"""What a committee should look at again before it uses a question. Nothing here blocks."""

from question_bank.lint.bank import remarks_on_bank
from question_bank.lint.letters import raw_remarks
from question_bank.lint.remark import SENTENCES, Remark, Severity
from question_bank.lint.rules import remarks_on
from question_bank.lint.similar import NearDuplicates, asked_by, likeness, pairs_among, signatures

__all__ = [
    "SENTENCES",
    "NearDuplicates",
    "Remark",
    "Severity",
    "asked_by",
    "likeness",
    "pairs_among",
    "raw_remarks",
    "remarks_on",
    "remarks_on_bank",
    "signatures",
]
