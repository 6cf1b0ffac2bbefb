"""Where somebody's clock hangs: one choice, and whom it concerns."""

from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from accounts.time_zones import zones


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "../../etc/passwd"])
def test_no_zone_and_one_the_system_does_not_know_are_the_installation_s(settings, name):
    settings.TIME_ZONE = "Europe/Berlin"

    assert User(time_zone=name).zone == ZoneInfo("Europe/Berlin")


def test_a_zone_that_was_chosen_is_kept(requester):
    requester.choose_time_zone("Asia/Tokyo")

    assert User.objects.get(pk=requester.pk).zone == ZoneInfo("Asia/Tokyo")


def test_it_goes_with_the_account(requester, admin):
    requester.choose_time_zone("Asia/Tokyo")

    requester.delete_account(by=admin)

    assert User.objects.get(pk=requester.pk).time_zone == ""


def test_zones_are_those_people_live_in():
    assert "Europe/Berlin" in zones()
    assert not any(zone.startswith(("Etc/", "posix/", "right/")) for zone in zones())
