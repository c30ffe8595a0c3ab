"""Controls find their gaps and their names."""

from markupsafe import Markup

from contest.web.answers import marked, marked_line, part_name, with_gaps
from question_bank.markup import Medium


def test_only_several_controls_are_numbered() -> None:
    assert [part_name("q3", place, 1) for place in range(1)] == ["q3"]
    assert [part_name("q3", place, 2) for place in range(2)] == ["q3-1", "q3-2"]


def test_a_control_stands_in_its_gap_and_a_gap_without_one_stays() -> None:
    text = Markup("Một [[1]], hai [[2]], ba [[3]], không [[0]].")
    assert with_gaps(text, [Markup("<i>a</i>"), Markup(r"\g<0>")]) == r"Một <i>a</i>, hai \g<0>, ba [[3]], không [[0]]."


def test_texts_with_media_are_drawn_for_each_reader_and_others_once() -> None:
    digest = "a" * 64
    shown = f"Nhìn ![Bản đồ](media:{digest})"
    drawn = [marked_line(shown, lambda _digest, at=at: Medium(f"/{at}", "picture")) for at in "xy"]
    assert ['src="/x"' in drawn[0], 'src="/y"' in drawn[1]] == [True, True]
    assert marked_line("Hai *ba*") is marked_line("Hai *ba*", lambda _digest: None)
    assert marked("Hai *ba*") != marked_line("Hai *ba*")
