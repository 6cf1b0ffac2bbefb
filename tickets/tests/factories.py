"""The smallest valid rows. History is made by the verbs."""

import factory

from accounts.tests.factories import UserFactory
from tickets.models import RequestType, Ticket


class RequestTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestType
        django_get_or_create = ("name",)

    name = "Hardware Issue"


class TicketFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ticket

    title = "Screen stays dark"
    description = "It was fine yesterday."
    request_type = factory.SubFactory(RequestTypeFactory)
    requester = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.setdefault("by", kwargs["requester"])
        return model_class.submit(*args, **kwargs)
