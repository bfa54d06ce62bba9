"""Constant parts of templates are drawn once for each language, and nothing else is."""

from typing import Any

import pytest
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from letterhead.ui.folding import Constant, _fold


def folded(text: str, **others: str) -> Any:
    """Compile a template with others beside it, and fold it as the loader does."""
    engine = Engine(
        loaders=[("django.template.loaders.locmem.Loader", others)],
        libraries={"i18n": "django.templatetags.i18n"},
        builtins=["django.templatetags.static", "letterhead.ui.templatetags.edit_button"],
    )
    template = engine.from_string(text)
    _fold(template.nodelist, engine)
    return template


def constants(template: Any) -> list[Constant]:
    return list(template.nodelist.get_nodes_by_type(Constant))


def test_texts_addresses_and_icons_become_one_piece() -> None:
    page = folded(
        '{% load i18n %}<a href="{% url "my-details" %}">{% include "icon" %}{% translate "Day" %}'
        "</a>{{ name }}",
        icon="<svg></svg>",
    )
    assert len(page.nodelist) == 2
    assert page.render(Context({"name": "<Dana>"})) == (
        '<a href="/my-details/"><svg></svg>Day</a>&lt;Dana&gt;'
    )


def test_each_language_has_its_own_piece() -> None:
    page = folded('{% load i18n %}<p>{% translate "Monday" %}</p>')
    assert len(constants(page)) == 1
    said = []
    for language in ("en-us", "de", "en-us"):
        with translation.override(language):
            said.append(page.render(Context()))
    assert said == ["<p>Monday</p>", "<p>Montag</p>", "<p>Monday</p>"]


@pytest.mark.parametrize(
    "text",
    [
        '{% url "guide-page" page %}',
        '{% url "my-details" as there %}{{ there }}',
        "{% static name %}",
        '{% include "part" %}',
        '{% include "part" with page="a" %}',
        "{% include part_name %}",
        "{% load i18n %}{% blocktranslate %}About {{ page }}{% endblocktranslate %}",
        "{% load i18n %}{% translate page %}",
        "{% csrf_token %}",
        '{% edit_button "my-details" label=page %}',
    ],
)
def test_what_depends_on_the_page_is_drawn_anew(text: str) -> None:
    page = folded(text, part="About {{ page }}")
    context = {"name": "ui/app.css", "part_name": "part"}
    drawn = [page.render(Context({**context, "page": each, "csrf_token": each})) for each in "ab"]
    plain = [
        Engine.from_string(page.engine, text).render(
            Context({**context, "page": each, "csrf_token": each})
        )
        for each in "ab"
    ]
    assert drawn == plain


def test_a_branch_is_folded_and_still_chosen_each_time() -> None:
    page = folded('{% if on %}{% url "users" %}!{% else %}{% url "clients" %}?{% endif %}')
    assert [page.render(Context({"on": on})) for on in (1, 0)] == ["/users/!", "/clients/?"]
    assert len(constants(page)) == 2


def test_a_template_can_include_itself() -> None:
    assert "<" in get_template("ui/base.html").render({})
    part = '{% if deeper %}({% include "part" with deeper="" %}){% else %}end{% endif %}'
    assert folded('{% include "part" %}', part=part).render(Context({"deeper": "yes"})) == "(end)"


def test_a_missing_template_is_reported_when_it_is_drawn() -> None:
    page = folded('{% if on %}{% include "missing" %}{% endif %}fine')
    assert page.render(Context({"on": False})) == "fine"
    with pytest.raises(TemplateDoesNotExist):
        page.render(Context({"on": True}))
