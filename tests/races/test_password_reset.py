"""A mailed link, opened in fifty browsers, is used in all of them at the same moment."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.utils.http import urlsafe_base64_encode

from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import PasswordChanged
from letterhead.accounts.passwords.reset import LINKS, reset_password, user_of_link
from letterhead.activity.models import Activity
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

BROWSERS = 50


def test_of_fifty_uses_of_one_link_exactly_one_works(cast: SimpleNamespace) -> None:
    key = urlsafe_base64_encode(str(cast.dana.user.pk).encode())
    token = LINKS.make_token(User.objects.get(pk=cast.dana.user.pk))

    def use(number: int) -> str:
        user = user_of_link(key, token)
        if user is None:
            return "used up"
        new = f"quiet herons by lake number {number}"
        try:
            reset_password(user, new)
        except PasswordChanged:
            return "used up"
        return new

    came = at_once(*[lambda number=number: use(number) for number in range(BROWSERS)])

    assert Counter(each == "used up" for each in came) == {True: BROWSERS - 1, False: 1}, came
    (new,) = (each for each in came if each != "used up")
    assert User.objects.get(pk=cast.dana.user.pk).check_password(new)
    assert Activity.objects.filter(act="reset the password").count() == 1
