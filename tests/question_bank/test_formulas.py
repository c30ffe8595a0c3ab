from threading import Thread, stack_size

import pytest

from question_bank.formulas import MOST_CHARACTERS, MOST_OPENED, mathml


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
        (r"\text{đường tròn}", "<mtext>đường\N{NO-BREAK SPACE}tròn</mtext>"),
        ("a<b", "&lt;"),
    ],
)
def test_formulas_are_drawn(source, drawn):
    assert drawn in mathml(source)


def test_a_formula_says_its_source():
    assert mathml('a<"b"').startswith('<math alttext="a&lt;&quot;b&quot;">')
    assert mathml("x", is_block=True).startswith('<math display="block" alttext="x">')


def test_styles_become_classes_and_far_reaching_lengths_are_left_out():
    cases = mathml(r"\begin{cases} x & 1 \\ y & 2 \end{cases}")
    assert " style=" not in cases
    assert '<mtd class="math-left">' in cases
    assert "<mspace></mspace>" in mathml(r"\hspace{99999em}")
    assert '<mspace width="2em"></mspace>' in mathml(r"\hspace{2em}")


@pytest.mark.parametrize(
    "source",
    [
        *(r"\frac{", "{", "}", "a & b", r"\unknown", r"\href{javascript:alert(1)}{x}", r"\ref{a}", "x^2^2"),
        *(r"\def\a{x}\a", r"\newcommand{\a}{\a\a}\a", r"\htmlClass{a}{x}"),
    ],
)
def test_what_cannot_be_read_is_no_formula(source):
    assert mathml(source) is None


def test_the_longest_formula_and_the_next():
    assert mathml("x" * MOST_CHARACTERS) is not None
    assert mathml("x" * (MOST_CHARACTERS + 1)) is None


@pytest.mark.parametrize("begin", ["{", "x^{", r"\sqrt{", r"\left(", r"\hat{", "a_{b^{", r"\sqrt", r"\text{", "'"])
def test_the_deepest_formula_fits_a_small_thread(begin):
    """A library that ran out of stack would take the whole process with it."""
    end = r"\right)" if "left" in begin else "}" * begin.count("{")
    count = (MOST_CHARACTERS - 1) // len(begin + end)
    kept = []
    usual = stack_size(2 * 1024 * 1024)
    try:
        thread = Thread(target=lambda: kept.append(mathml(begin * count + "x" + end * count)))
        thread.start()
        thread.join()
    finally:
        stack_size(usual)
    assert len(kept) == 1


@pytest.mark.parametrize(
    "bracket", ["(", "[", r"\{", r"\langle ", r"\lvert ", r"\ulcorner ", r"\(", "⟨", "⌜", "{(}", r"\\(", "(^)"]
)
def test_brackets_that_nothing_closes_stop_no_server(bracket):
    """Each doubles the time: thirty of them take a minute, forty a day."""
    assert mathml(bracket * (MOST_OPENED + 1) + "x") is None


def test_the_most_brackets_and_what_only_looks_like_one():
    assert mathml("(" * MOST_OPENED + "x") is not None
    assert mathml("(x+1)" * MOST_OPENED) is not None
    assert mathml(r"\lambda \le \left. \ln x \right. + {x} " * MOST_OPENED) is not None
