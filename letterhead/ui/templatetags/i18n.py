"""Django's `i18n` tags, with `{% translate "…" %}` of a plain text in a third of the time.

Django makes such a text lazy first and then asks what it is, over and over; a page has a hundred.
"""

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class PlainText(Node):
    """A text of ours, translated when it is drawn; like all literals of templates it is safe."""

    is_constant = True  # see ui/folding.py

    def __init__(self, text: str) -> None:
        self.text = text

    def render(self, context: Context) -> SafeString:
        """Translate the text."""
        return mark_safe(gettext(self.text).replace("%%", "%"))  # noqa: S308 (from our templates)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Draw a plain text by itself, and leave everything else to Django."""
    node = i18n.do_translate(parser, token)
    if isinstance(node, i18n.TranslateNode) and _is_plain(node):
        return PlainText(node.filter_expression.var.literal.replace("%", "%%"))
    return node


def _is_plain(node: i18n.TranslateNode) -> bool:
    said = node.filter_expression
    aside = said.filters or node.asvar or node.message_context or node.noop
    return not aside and isinstance(said.var.literal, str)
