"""Every question that 1EdTech publishes with QTI 2.1 is taken, or refused with a sentence; here with other words."""

import pytest

from question_bank.kinds.gap_fill import Gap
from tests.question_bank.formats.qti.packages import V21, V22, only, read
from tests.question_bank.formats.qti.published import REFUSED, TAKEN

ANSWERS = {
    "choice": ("single", "a", set()),
    "choice_fixed": ("single", "b", {"order_locked"}),
    "choice_multiple": ("multiple", ("a", "c"), {"weights_changed"}),
    "choice_multiple_chocolade": ("multiple", tuple("abcde"), set()),
    "choice_true_false": ("true_false", False, set()),
    "order": ("ordering", ("c", "a", "b"), set()),
    "order_partial_scoring": ("ordering", ("c", "a", "b"), {"rule_unknown"}),
    "match": ("matching", ("a", "b", "a", "b"), set()),
    "gap_match": (
        "gap_fill",
        (
            Gap(("mùa đông",), ("mùa hè", "mùa xuân", "mùa thu")),
            Gap(("mùa hè",), ("mùa đông", "mùa xuân", "mùa thu")),
        ),
        {"weights_changed"},
    ),
    "inline_choice": ("gap_fill", (Gap(("Lạng Sơn",), ("Cao Bằng", "Bắc Giang")),), set()),
    "text_entry": ("gap_fill", (Gap(("Kỳ Cùng",), ()),), {"answers_dropped"}),
    "extended_text": ("essay", None, set()),
    "extended_text_rubric": ("essay", None, set()),
    "modalFeedback": ("single", "a", set()),
    "feedbackInline": ("single", "a", {"feedback_joined"}),
    "feedbackBlock-solution": ("single", "a", set()),
    "hint": ("gap_fill", (Gap(("Hà Nội",), ()),), {"extras_dropped"}),
    "adaptive": ("single", "b", {"extras_dropped", "rule_unknown"}),
    "choice_tao": ("single", "b", set()),
}


@pytest.mark.parametrize("namespace", [V21, V22])
@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_a_question_is_one_with_what_was_guessed_told(name, namespace):
    question, guesses = only(TAKEN[name].replace(V21, namespace))
    assert (question.kind, question.key, guesses) == ANSWERS[name]


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_is_refused_with_a_sentence(name):
    content, code = REFUSED[name]
    found = read(content)
    assert ([fault.code for fault in found.faults], found.good) == ([code], ())
    assert all(fault.sentence() and fault.sentence("en") for fault in found.faults)
