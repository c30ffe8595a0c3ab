import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats.qti.formulas import tex_of
from question_bank.formats.qti.xml import tree_of
from question_bank.formulas import mathml


def tree(inside, attributes=""):
    return tree_of(
        f'<m:math xmlns:m="http://www.w3.org/1998/Math/MathML" {attributes}>{inside}</m:math>'.encode(), "not_qti"
    )


X, TWO = "<m:mi>x</m:mi>", "<m:mn>2</m:mn>"


@pytest.mark.parametrize(
    ("inside", "tex"),
    [
        (f"<m:msup>{X}{TWO}</m:msup>", "{x}^{2}"),
        (f"<m:msub>{X}<m:mi>i</m:mi></m:msub>", "{x}_{i}"),
        (f"<m:msubsup>{X}<m:mi>i</m:mi>{TWO}</m:msubsup>", "{x}_{i}^{2}"),
        (f"<m:mfrac><m:mrow>{X}<m:mo>+</m:mo>{TWO}</m:mrow>{TWO}</m:mfrac>", r"\frac{x+2}{2}"),
        (f"<m:msqrt>{X}</m:msqrt>", r"\sqrt{x}"),
        (f"<m:mroot>{X}<m:mn>3</m:mn></m:mroot>", r"\sqrt[3]{x}"),
        (f"<m:mfenced>{X}{TWO}</m:mfenced>", "(x,2)"),
        (f"<m:munderover><m:mo>∑</m:mo><m:mi>i</m:mi><m:mi>n</m:mi></m:munderover>{X}", "∑_{i}^{n}x"),
        (f"<m:mi>sin</m:mi>{X}", r"\sin x"),
        (f"<m:mi>abc</m:mi><m:mo>≤</m:mo>{X}", r"\mathrm{abc}≤x"),
        ("<m:mn>5</m:mn><m:mo>−</m:mo><m:mn>50</m:mn><m:mo>%</m:mo>", r"5-50\%"),
        ("<m:mtext>nếu</m:mtext>", r"\text{nếu}"),
        (
            f"<m:semantics><m:mrow>{X}</m:mrow><m:annotation encoding='application/x-tex'>x^{{1}}</m:annotation></m:semantics>",
            "x^{1}",
        ),
    ],
)
def test_simple_formulas_are_typed_again(inside, tex):
    assert tex_of(tree(inside)) == tex
    assert mathml(tex) is not None


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<m:mtable><m:mtr><m:mtd/></m:mtr></m:mtable>",
        f"<m:mfrac>{X}</m:mfrac>",
        f"<m:mover>{X}<m:mo>^</m:mo></m:mover>",
        f"<m:munder>{X}{TWO}</m:munder>",
        "<m:apply><m:plus/></m:apply>",
        f"<m:mi>{X}</m:mi>",
        "<m:msqrt>" * 40 + X + "</m:msqrt>" * 40 + "<m:mn>" + "1" * 500 + "</m:mn>",
    ],
)
def test_a_formula_that_is_not_simple_is_none(inside):
    assert tex_of(tree(inside)) is None


def test_words_beside_a_formula_count_only_where_they_draw_it():
    assert tex_of(tree(X, 'alttext="y"')) == "x"
    assert tex_of(tree(X, 'alttext="x"')) == "x"
    assert tex_of(tree(X, 'alttext="một số x"')) == "x"


ATOMS = st.sampled_from(
    ["x", "2", r"\alpha", r"\sqrt{y}", r"\frac{a}{b}", "n!", r"\text{nếu }", r"\overline{AB}", r"\vec{u}"]
)
FORMULAS = st.lists(st.tuples(ATOMS, st.sampled_from(["+", "^", "_", r"\le ", r"\cdot "])), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(FORMULAS, ATOMS, st.booleans())
def test_a_formula_of_ours_comes_back_as_it_was_typed(parts, last, is_block):
    source = "".join(f"{{{atom}}}{sign}" for atom, sign in parts) + f"{{{last}}}"
    drawn = mathml(source, is_block=is_block)
    if drawn is not None:
        assert tex_of(tree_of(drawn.encode(), "not_qti")) == source
