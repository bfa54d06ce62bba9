"""Lets Django's forms find our templates."""

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Render `{{ form }}` and `{{ form.field.as_field_group }}` by the templates in `ui/`."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/rows.html"
    field_template_name = "ui/field.html"
