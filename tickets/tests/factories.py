"""The smallest valid rows. History is made by the verbs."""

import factory
from django.utils import timezone

from accounts.tests.factories import UserFactory
from helpdesk.models import FailedTask
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


class FailedTaskFactory(factory.django.DjangoModelFactory):
    """A mail its server refused for good."""

    class Meta:
        model = FailedTask

    status = "FAILED"
    task_path = "helpdesk.mail.delivery.deliver"
    args_kwargs = {
        "args": ["Subject", "Secret text", "", "help@example.com", ["r@example.com"], {}],
        "kwargs": {},
    }
    backend_name = "default"
    worker_ids = ["first", "second"]
    run_after = finished_at = factory.LazyFunction(timezone.now)
    exception_class_path = "helpdesk.tasks.task.Final"
    traceback = (
        "Traceback\nhelpdesk.tasks.task.Final: The mail server refuses mail for r@example.com: 550 nobody\n"
    )
