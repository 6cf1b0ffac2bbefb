"""The end of a chain of rows: without it nobody would miss the newest row."""

from typing import Self

from django.db import models


class ChainHead(models.Model):
    """length: rows in the chain. hash: of its newest row; "" while there is none."""

    name = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.length} rows"

    @classmethod
    def held(cls, name: str) -> Self:
        """Answer the head of the chain `name`, locked until the transaction ends: rows are added one at
        a time.
        """
        heads = cls._base_manager.select_for_update(no_key=True)
        return heads.filter(name=name).first() or heads.get_or_create(name=name)[0]

    def move_to(self, new_hash: str) -> None:
        self.length += 1
        self.hash = new_hash
        self.save(update_fields=["length", "hash"])
