"""Entries of the log. The database itself refuses to change or delete one (migration 0001)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that somebody did. ``hash`` covers all other fields and the hash before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)  # a person's id, empty for the system itself
    post = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=60)
    partnership = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["partnership", "-number"], name="log_of_one")]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class Head(models.Model):
    """The last entry's number and hash, in one row that writers lock in turn."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_head"),
        ]

    def __str__(self) -> str:
        return str(self.number)
