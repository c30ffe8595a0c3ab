"""What the first readers of a new process would wait for is made before it serves anybody."""

import re

from flask import Flask

_USED = re.compile(r'\{%-?\s*(?:extends|from|import|include)\s+"([^"]+)"')

FOR_CROWDS = (
    "accounts/register.html",
    "accounts/sign_in.html",
    "contests/home.html",
    "contests/rules.html",
    "contests/show.html",
    "notices/_own.html",
    "publication/_lines.html",
    "publication/people.html",
    "quiz/_question.html",
    "quiz/paper.html",
    "quiz/result.html",
    "quiz/round.html",
)
"""The pages that many people open in the minute in which a round opens, closes or is published."""


def compile_pages(app: Flask) -> None:
    """Compile these templates with all that they use, so that workers which are forked hereafter share them."""
    env = app.jinja_env
    names = list(FOR_CROWDS)
    assert env.loader is not None
    for name in names:
        env.get_template(name)
        source, _file, _is_current = env.loader.get_source(env, name)
        names += [used for used in dict.fromkeys(_USED.findall(source)) if used not in names]
