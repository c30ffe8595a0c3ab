import pytest

from contest.quiz.domain.prediction import Target, read_prediction_rule


@pytest.mark.parametrize(
    ("target", "is_percent"),
    [("all_right", False), ("participants", False), ("attempts", False), ("all_right_percent", True)],
)
def test_only_a_share_is_predicted_in_percent(target: str, is_percent: bool) -> None:
    rule = read_prediction_rule({"is_asked": True, "target": target, "question": "Bao nhiêu?"})
    assert (rule.target, rule.is_percent) == (Target(target), is_percent)
