"""Operators, and the worker once a day, remove what people were told long ago; the tickets' log stays."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.management.base import BaseCommand
from tickets.models import Notification, ToldEvent

# On SQLite nobody else can write meanwhile.
AT_A_TIME = 1000


class Command(BaseCommand):
    help = _(
        "Remove notifications that were read three months ago or are a year old. What happened to the tickets "
        "stays in their log. The worker does it once a day."
    )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        outdated, number = Notification.objects.outdated(now), 0
        while keys := list(outdated.values_list("pk", flat=True)[:AT_A_TIME]):
            number += Notification.objects.filter(pk__in=keys).delete()[0]
        while keys := list(ToldEvent.objects.outdated(now).values_list("pk", flat=True)[:AT_A_TIME]):
            ToldEvent.objects.filter(pk__in=keys).delete()
        self.stdout.write(
            ngettext("Removed %(count)d notification.", "Removed %(count)d notifications.", number)
            % {"count": number}
        )
