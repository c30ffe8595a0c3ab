"""The texts of a question as markup, where its controls stand in a page, and how their fields are called."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup

from question_bank import markup
from question_bank.controls import Choice, Control, Widget
from question_bank.markup import FindMedium, Medium

TEXTS_KEPT = 4096
ONE_LINE = 40
"""Characters of a choice that a closed list shows on a phone."""
MEDIUM = "!["
"""What every picture and sound in a text begins with: without one, the same text is always drawn the same."""

Draw = Callable[[str, FindMedium], str]

_GAP = re.compile(r"\[\[(\d{1,2})\]\]")


def marked(text: str, find_medium: FindMedium | None = None) -> Markup:
    """A text of a question as blocks; without `find_medium` the descriptions of media stand for them."""
    return _drawn(markup.html, text, find_medium) if MEDIUM in text else _drawn_once(markup.html, text)


def marked_line(text: str, find_medium: FindMedium | None = None) -> Markup:
    """The same for a text inside a line, such as an option."""
    return _drawn(markup.inline_html, text, find_medium) if MEDIUM in text else _drawn_once(markup.inline_html, text)


def _drawn(draw: Draw, text: str, find_medium: FindMedium | None = None) -> Markup:
    return Markup(draw(text, find_medium or _no_medium))  # noqa: S704 - nothing but its own tags comes out


_drawn_once = lru_cache(TEXTS_KEPT)(_drawn)


def has_sound(drawn: str) -> bool:
    """Whether something can be played in what is drawn of a question."""
    return "<audio" in drawn


def _no_medium(_digest: str) -> Medium | None:
    return None


def written_out(controls: Sequence[Control]) -> tuple[Choice, ...]:
    """The lettered choices of a list that a page writes out above it: a list has no pictures, no formulas, one line."""
    choices = next((control.choices for control in controls if control.widget is Widget.SELECT), ())
    texts = [choice.text for choice in choices if choice.mark and isinstance(choice.text, str)]
    return choices if any(len(text) > ONE_LINE or "<" in marked_line(text) for text in texts) else ()


def part_name(name: str, place: int, count: int) -> str:
    """The name of the control at this place, from 0: a question with one control gives it its own name."""
    return name if count == 1 else f"{name}-{place + 1}"


def with_gaps(text: Markup, controls: Sequence[Markup]) -> Markup:
    """The text with each control in place of its gap: `[[1]]` is the first. A gap that has none stays as it is."""

    def control(gap: re.Match[str]) -> str:
        place = int(gap[1]) - 1
        return controls[place] if 0 <= place < len(controls) else gap[0]

    return Markup(_GAP.sub(control, text))  # noqa: S704 - both parts are markup
