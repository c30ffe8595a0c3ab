"""The kind of a question by its options and its key, where a table has no column for it."""

import re
from collections.abc import Sequence

from question_bank.formats.xlsx.answers import letters_in, truths_of
from question_bank.formats.xlsx.columns import TRUE_FALSE_BY_WORD
from question_bank.text import fold

_DECIMAL = re.compile("[+-]?[0-9]{1,15},[0-9]{1,15}")


def kind_by(options: Sequence[str], key: str) -> str:
    """Return the code of the kind; what is none is taken for a single choice, whose faults say what lacks."""
    count = sum(map(bool, options))
    if count > 1:
        is_judged = len(truths_of(key)) == count
        return "statements" if is_judged else "multiple" if len(letters_in(key)) > 1 else "single"
    if count or not key:
        return "single"
    return "true_false" if fold(key) in TRUE_FALSE_BY_WORD else "number" if _DECIMAL.fullmatch(key) else "short_text"
