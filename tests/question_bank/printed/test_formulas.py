import pytest

from question_bank.printed import paper_sheet
from question_bank.printed.formulas import formula_node
from question_bank.printed.setting import pdf
from tests.question_bank.printed.sheets import HEADING, pages, texts

FORMULAS = [
    (r"x^2+y_1", "2+1"),
    (r"\frac{3}{4}", "34"),
    (r"\dfrac{5}{6}", "56"),
    (r"\sqrt{7}+\sqrt[3]{8}", "738"),
    (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "1234"),
    (r"\begin{vmatrix}5&6\\7&8\end{vmatrix}", "5678"),
    (r"\begin{cases}1&x>0\\2&x<0\end{cases}", "12<>"),
    (r"\begin{aligned}1&=2\\3&=4\end{aligned}", "1234=="),
    (r"\sum_{i=1}^9 i", "∑19"),
    (r"\prod_{k=1}^{n}k", "∏1"),
    (r"\int_0^1 f(x)\,dx", "∫01()"),
    (r"\lim_{x\to 0} \frac{\sin x}{2}", "limsin→02"),
    (r"\max_{x} f", "max"),
    (r"\left(\frac{1}{2}\right)^3", "123"),
    (r"\left|\frac{4}{5}\right|", "45"),
    (r"\left\{1 \mid 2\right\}", "12"),
    (r"\big( 3 \big)", "3()"),
    (r"\overline{12}\underline{34}", "1234"),
    (r"\vec{1}\hat{2}\tilde{3}\bar{4}\dot{5}\ddot{6}\check{7}", "1234567"),
    (r"\overrightarrow{12}\overleftarrow{34}", "1234"),
    (r"\widehat{123}", "123"),
    (r"\overbrace{1+2}^{3}\underbrace{4+5}_{6}", "123456"),
    (r"\overset{1}{=}\underset{2}{=}", "12=="),
    (r"\xrightarrow{12}", "12→"),
    (r"\binom{5}{2}", "52"),
    (r"{}^{14}_{6}C", "146"),
    (r"\prescript{1}{2}{C}", "12"),
    (r"\text{nếu } 1", "nếu1"),
    (r"\mathbb{R}\mathbf{x}", ""),
    (r"\operatorname{abc} 2", "abc2"),
    (r"\mathrm{km/h}", "km/h"),
    (r"3{,}14", "3,14"),
    (r"f''(1)", "(1)"),
    (r"1 \le 2 \ne 3 \in 4 \cup 5", "≤≠∈∪12345"),
    (r"90^\circ \pm 50\%", "90±50%"),
    (r"\cancel{1}\bcancel{2}\xcancel{3}\boxed{4}", "1234"),
    (r"1\quad 2\,3", "123"),
    (r"\phantom{1}2", "2"),
    (r"\color{red}{5}", "5"),
]


@pytest.fixture(scope="module", params=["$", "$$"], ids=["in a line", "alone"])
def printed(request):
    """What stands on paper of each formula, in order."""
    mark = request.param
    written = [f"Đầu{number}: {mark}{source}{mark} cuối" for number, (source, _signs) in enumerate(FORMULAS)]
    shown = "".join(pages(pdf(paper_sheet(HEADING, [texts(*written)], {}))))
    return [shown.split(f"Đầu{number}:")[1].split("cuối")[0] for number in range(len(FORMULAS))]


@pytest.mark.parametrize("number", range(len(FORMULAS)), ids=[source for source, _signs in FORMULAS])
def test_every_sign_of_a_formula_is_on_paper(printed, number):
    for sign in FORMULAS[number][1]:
        assert sign in printed[number]
    assert "\\" not in printed[number]


def test_a_formula_that_cannot_be_read_stands_as_it_was_typed():
    assert formula_node(r"\nonsense{1}") is None
    page = " ".join(pages(pdf(paper_sheet(HEADING, [texts(r"Xem $\nonsense{1}$")], {}))))
    assert r"$\nonsense{1}$" in page


def test_who_cannot_see_a_formula_is_told_its_source():
    assert formula_node(r"\frac12")["text"] == r"\frac12"
