import pytest

from question_bank.controls import Reply, response_of, values_of


@pytest.mark.parametrize(
    ("reply", "values", "response"),
    [
        (Reply.ONE, [["b"]], "b"),
        (Reply.ONE, [["  hai  "]], "hai"),
        (Reply.LIST, [["c", "a"]], ["a", "c"]),
        (Reply.FLAG, [["true"]], True),
        (Reply.FLAG, [["false"]], False),
        (Reply.EACH, [["b"], [], ["a"]], ["b", None, "a"]),
        (Reply.FLAGS, [["true"], ["false"], [], ["true"]], [True, False, None, True]),
    ],
)
def test_what_controls_send_is_what_they_show_again(reply, values, response):
    assert response_of(reply, values) == response
    assert response_of(reply, values_of(reply, response, len(values))) == response


@pytest.mark.parametrize("reply", Reply)
@pytest.mark.parametrize("values", [[[]], [[""]], [["  "]]])
def test_nothing_given_is_no_response(reply, values):
    assert response_of(reply, values) is None


@pytest.mark.parametrize("reply", Reply)
def test_no_response_shows_nothing_in_any_control(reply):
    count = 3 if reply in {Reply.EACH, Reply.FLAGS} else 1
    assert values_of(reply, None, count) == ((),) * count


def test_there_is_a_value_for_each_control_whatever_came():
    assert values_of(Reply.EACH, ["a"], 2) == (("a",), ())
    assert values_of(Reply.EACH, ["a", "b", "c"], 2) == (("a",), ("b",))
