"""The smallest valid people."""

import factory

from accounts.models import User
from accounts.roles import Role

PASSWORD = "quiet river under stones"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    first_name = "Pat"
    last_name = factory.Sequence(lambda n: f"Person{n}")
    password = PASSWORD
    role = Role.USER

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


class AdminFactory(UserFactory):
    role = Role.ADMIN
