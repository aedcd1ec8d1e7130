"""Leases on work that is being done, and what became of work whose worker vanished."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Lease(models.Model):
    """A worker's hold on a task; it lasts until ``until`` unless the worker renews it."""

    task = models.UUIDField(primary_key=True)
    worker = models.CharField(max_length=64)
    until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["until"], name="lease_until")]

    def __str__(self) -> str:
        return f"{self.task} until {self.until:%H:%M:%S}"


class Heartbeat(models.Model):
    """When a worker last said that it lives."""

    worker = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} at {self.at:%H:%M:%S}"
