"""Templates: nothing inline, nothing unused, words only through the catalogue."""

import re
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT, modules, text

FOLDER = ROOT / "contest" / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
PAGES = [name for name in TEMPLATES if name.endswith(".html")]
USES = re.compile(r"""{%-?\s*(?:extends|include|from|import)\s+["']([^"']+)["']""")
IMPORTS = re.compile(r"""{%-?\s*from\s+["'][^"']+["']\s+import\s+(.+?)(?:\s+with context)?\s*-?%}""", re.DOTALL)
MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
BODY_CLASS = re.compile(r"{% block body_class %}.*?{% endblock %}")
SENTENCE = re.compile(r"""\b(?:_|ngettext)\(\s*(["'])(.*?)\1""", re.DOTALL)
STRAY_PERCENT = re.compile(r"%(?!\(\w+\)[sd])")
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def markup(name: str) -> str:
    return MARKUP.sub("x", source(name))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline(name: str) -> None:
    html = markup(name)
    assert re.findall(r"<style|\sstyle\s*=", html, re.IGNORECASE) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", html, re.IGNORECASE) if "src=" not in tag] == []
    assert HANDLER.findall(html) == []
    assert "javascript:" not in html.lower()


@pytest.mark.parametrize("name", PAGES)
def test_a_percent_sign_of_a_sentence_is_doubled(name: str) -> None:
    """Sentences of templates are always filled in, so that a single one would break the page."""
    sentences = [match.group(2) for match in SENTENCE.finditer(source(name))]
    assert [each for each in sentences if STRAY_PERCENT.search(each.replace("%%", ""))] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_comes_from_another_host(name: str) -> None:
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//[^"']+""", markup(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_post_form_carries_a_token(name: str) -> None:
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source(name), re.DOTALL | re.IGNORECASE)
    guarded = [form for form in forms if "accounts.set_locale" not in form]  # stands on shared pages, changes no data
    assert [form for form in guarded if "csrf_token" not in form and "hidden_tag" not in form] == []


@pytest.mark.parametrize("name", PAGES)
def test_imported_macros_are_used(name: str) -> None:
    whole = source(name)
    rest = IMPORTS.sub("", whole)
    imported = [part.split(" as ")[-1].strip() for names in IMPORTS.findall(whole) for part in names.split(",")]
    assert [macro for macro in imported if not re.search(rf"\b{macro}\b", rest)] == []


@pytest.mark.parametrize("name", PAGES)
def test_visible_words_go_through_the_catalogue(name: str) -> None:
    """Two letters in a row outside of tags and expressions are a word that nobody can translate."""
    words = MARKUP.sub(" ", BODY_CLASS.sub("", source(name)))
    bare = re.sub(r"<!--.*?-->|<[^>]*>|&\w+;", " ", words, flags=re.DOTALL)
    allowed = {"Tiếng", "Việt", "English", "VNeID", "Zalo", "JSON", "XLSX", "CSV", "PDF", "SHA"}
    assert [word for word in re.findall(r"[^\W\d_]{2,}", bare) if word not in allowed] == []


def test_every_template_is_used() -> None:
    code = "\n".join(text(module) for module in modules("contest"))
    named = {use for name in TEMPLATES for use in USES.findall(source(name))}
    named |= {name for name in TEMPLATES if re.search(rf"""["']{re.escape(name)}["']""", code)}
    named |= {name for name in TEMPLATES if any(f'"{name}"' in source(other) for other in TEMPLATES)}
    assert sorted(set(TEMPLATES) - named) == []


def test_every_named_template_exists() -> None:
    code = "\n".join(text(module) for module in modules("contest"))
    named = set(re.findall(r"""["']([a-z_]+(?:/[a-z_]+)+\.(?:html|txt))["']""", code))
    named |= {use for name in TEMPLATES for use in USES.findall(source(name))}
    assert sorted(named - set(TEMPLATES)) == []


def test_every_icon_named_in_a_template_or_label_exists() -> None:
    sprite = set(re.findall(r'id="([^"]+)"', text(Path("contest/static/img/icons.svg"))))
    named = {
        (name, icon) for name in PAGES for icon in re.findall(r"""\bicon(?:=|\()["']([a-z0-9-]+)["']""", source(name))
    }
    assert sorted(f"{icon} ({name})" for name, icon in named if icon not in sprite) == []
