"""Finds tickets by the words of title and description."""

from django.db import models


def search(tickets: models.QuerySet, text: str) -> models.QuerySet:
    return tickets.filter(models.Q(title__icontains=text) | models.Q(description__icontains=text))
