"""Templates with their constant parts folded: drawn once for each language, then only looked up.

Half of a page is the same for everyone: texts, addresses of pages, icons, names of static files.
A run of these in a template becomes one node, which keeps what it drew. `{% url %}`, `{% static %}`
and our own tags count as constant when all that they are given is written in the template; an
`{% include %}` does when everything in the included template is.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, TypeVar

from django.template import Template, TemplateDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType, Variable
from django.template.context import Context
from django.template.defaulttags import IfNode, LoadNode, URLNode
from django.template.engine import Engine
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

Tag = TypeVar("Tag", bound=Callable[..., object])


def constant(tag: Tag) -> Tag:
    """Say of a simple tag's function that it draws the same again when it is given the same."""
    tag.is_constant = True  # type: ignore[attr-defined]
    return tag


class Loader(cached.Loader):
    """Django's cached loader, with each template folded when it is first wanted."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a folded template. Raises TemplateDoesNotExist."""
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_folded"):
            template.is_folded = True  # type: ignore[attr-defined] # first, since a template can include itself
            _fold(template.nodelist, self.engine)
        return template


class Constant(Node):
    """A run of nodes that draw the same every time a language is spoken."""

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return what was drawn before in this language."""
        language = get_language()
        drawn = self._drawn.get(language)
        if drawn is None:
            texts = [node.render(context.new()) for node in self._nodes]
            drawn = self._drawn[language] = mark_safe("".join(texts))  # noqa: S308 (all are safe)
        return drawn


def _fold(nodes: NodeList, engine: Engine) -> None:
    """Put one node in the place of each run of constant ones, inside of other nodes as well."""
    folded: list[Node] = []
    for is_constant, run in groupby(_opened(nodes, engine), _is_constant):
        together = list(run)
        only_text = all(isinstance(node, TextNode) for node in together)
        folded += [Constant(together)] if is_constant and not only_text else together
    nodes[:] = folded


def _opened(nodes: NodeList, engine: Engine) -> Iterator[Node]:
    """Yield the nodes, those of constant templates instead of the tag that includes them."""
    for node in nodes:
        for inner in _node_lists(node):
            _fold(inner, engine)
        yield from _included(node, engine) or [node]


def _node_lists(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inner for _, inner in node.conditions_nodelists)
    else:
        for name in node.child_nodelists:
            if inner := getattr(node, name, None):
                yield inner


def _included(node: Node, engine: Engine) -> list[Node] | None:
    if not isinstance(node, IncludeNode) or node.extra_context or not _is_literal(node.template):
        return None
    try:
        nodes = list(engine.get_template(node.template.var).nodelist)
    except TemplateDoesNotExist:
        return None  # Django will say so, if it is ever drawn
    return nodes if all(map(_is_constant, nodes)) else None


def _is_constant(node: Node) -> bool:
    match node:
        case URLNode():
            given = [node.view_name, *node.args, *node.kwargs.values()]
            return node.asvar is None and all(map(_is_literal, given))
        case StaticNode():
            return node.varname is None and _is_literal(node.path)
        case SimpleNode():
            given = [*node.args, *node.kwargs.values()]
            is_ours = hasattr(node.func, "is_constant") and not node.takes_context
            return is_ours and node.target_var is None and all(map(_is_literal, given))
        case TranslateNode():
            return not (node.asvar or node.message_context) and _is_literal(node.filter_expression)
        case BlockTranslateNode():
            more = (node.extra_context, node.countervar, node.asvar, node.message_context)
            return not any(more) and all(t.token_type == TokenType.TEXT for t in node.singular)
        case _:
            return isinstance(node, TextNode | LoadNode | Constant)


def _is_literal(said: FilterExpression) -> bool:
    var = said.var
    return not said.filters and (not isinstance(var, Variable) or var.literal is not None)
