"""People, the partnerships of this installation, memberships and invitations."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from callover.domain.roles import Membership as RoleHeld
from callover.domain.roles import Role
from callover.web.accounts.roles import ROLES

INVITATION_DAYS = 7


class People(BaseUserManager["Person"]):
    """Makes people; the address is their name at the door."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who can sign in; without a password only once they have set one."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """By address, in whatever case it was typed."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. Pages show the post, never the name."""

    email = models.EmailField("email address", unique=True)
    post = models.CharField(max_length=120, help_text="For example: Research and analysis officer")
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["post"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_address"),
            models.CheckConstraint(condition=~models.Q(post=""), name="person_has_a_post"),
        ]

    def __str__(self) -> str:
        return self.post

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Nothing is allowed by Django's permissions: memberships decide."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """See ``has_perm``."""
        return False


class Partnership(models.Model):
    """A partnership of the workspace, as the site shows it; the workspace's file is the record."""

    id = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    colour = models.CharField(max_length=7, default="#1d70b8")
    area = models.CharField(max_length=80, blank=True)
    licence = models.CharField(max_length=20, blank=True)  # one of LICENCES, or none named
    over = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="under",
        help_text="The partnership above, such as a county of its districts.",
    )  # fmt: skip
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(over__isnull=True) | ~models.Q(over=models.F("id")),
                name="partnership_not_over_itself",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role that a person has in a partnership, from a day until it is ended."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    sources = models.JSONField(default=list, blank=True)
    since = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["partnership", "role"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "partnership", "role"], name="one_membership_a_role",
                condition=models.Q(ended__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.held.role.name}, {self.partnership.short_name}"

    @property
    def held(self) -> RoleHeld:
        """As the rules of the domain know it."""
        return RoleHeld(self.partnership_id, ROLES[self.role], frozenset(self.sources))

    @property
    def role_held(self) -> Role:
        """The role with its description."""
        return ROLES[self.role]


class Invitation(models.Model):
    """A link by e-mail with which a person joins; good once, for some days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    post = models.CharField(max_length=120)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=40)
    sources = models.JSONField(default=list, blank=True)
    invited_by = models.ForeignKey(  # nobody: from the command line
        Person, models.PROTECT, related_name="+", null=True, blank=True
    )
    invited = models.DateTimeField(default=timezone.now)
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-invited"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(accepted__isnull=True) | models.Q(withdrawn__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.UniqueConstraint(
                Lower("email"), "partnership", "role", name="one_open_invitation_a_role",
                condition=models.Q(accepted__isnull=True, withdrawn__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.post}, {self.partnership.short_name}"

    @property
    def role_held(self) -> Role:
        """The role with its description."""
        return ROLES[self.role]

    @property
    def ends(self) -> datetime:
        """When the link stops working."""
        return self.invited + timedelta(days=INVITATION_DAYS)

    @property
    def open(self) -> bool:
        """Whether the link still works."""
        return not self.accepted and not self.withdrawn and timezone.now() < self.ends
