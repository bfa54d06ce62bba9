"""Fields of an appointment: who comes."""

from collections import Counter
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.clients.models import Client
from letterhead.clients.queries import clients_listed, clients_seen_by
from letterhead.practices.models import Membership
from letterhead.ui.by_key import read_id
from letterhead.ui.dates import short_day

FEW = 200  # clients that one list to choose from can have
SHOWN = 20  # of those who are found by a name


class ClientChoice(forms.ModelChoiceField):
    """A client to choose by name; those with the same name by their birth date too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Client.objects.none(), **kwargs)
        self.namesakes: set[str] = set()

    def label_from_instance(self, obj: Any) -> str:
        """Return a name that tells clients apart."""
        name = str(obj)
        born = short_day(obj.birth_date) if obj.birth_date else f"#{obj.pk}"
        return f"{name} ({born})" if name in self.namesakes else name


class ChoosesClient(forms.Form):
    """A form with a client to choose, of those that a member sees.

    A few are all in one list. Many are found by `called`, part of a name or email: "Find" shows
    whom that finds, and Save takes the only one.
    """

    called = forms.CharField(max_length=100, required=False)
    client = ClientChoice(label=_("Client"), required=False, empty_label=_("Choose"))

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[int] = []
        self.many = clients_seen_by(member).order_by()[: FEW + 1].count() > FEW
        if not self.many:
            del self.fields["called"]
            self._offer(clients_listed(member))
            return
        self.fields["called"].label, self.fields["client"].label = _("Client"), _("Client found")
        called = str(self["called"].value() or "").strip()
        chosen = read_id(str(self["client"].value() or ""))
        if called:
            self.found = [each.pk for each in clients_listed(member, called=called)[:SHOWN]]
            chosen = chosen if chosen in self.found else None
            if chosen is None and len(self.found) == 1:
                chosen = self.found[0]
            self._choose(chosen)
        ids = [*self.found, *([chosen] if chosen else [])]
        self._offer(clients_seen_by(member).filter(pk__in=ids))

    def need_client(self) -> None:
        """Refuse a form without a client, and say how to choose one."""
        if self.cleaned_data.get("client") or "client" in self.errors:
            return
        if not self.many:
            self.add_error("client", gettext("Choose a client."))
        elif self.found:
            self.add_error("client", gettext("Choose which of these it is."))
        elif self.cleaned_data.get("called"):
            self.add_error("called", gettext("No client of yours has this name. Check it."))
        else:
            self.add_error("called", gettext("Enter the first letters of a client’s name."))

    def _choose(self, client: int | None) -> None:
        if self.is_bound:
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            data[self.add_prefix("client")] = str(client or "")
            self.data = data

    def _offer(self, clients: QuerySet[Client]) -> None:
        rows = clients.only("first_name", "last_name", "birth_date", "folded", "clinician")
        choice: ClientChoice = self.fields["client"]  # type: ignore[assignment]
        names = Counter(map(str, rows))
        choice.namesakes = {name for name, count in names.items() if count > 1}
        choice.queryset = rows
