"""Forms of the pages about people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from crispy_forms_gds.choices import Choice
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from callover.web.accounts.models import Invitation, Person
from callover.web.accounts.roles import ROLES
from callover.web.design.forms import Plain

_SOURCES = ("Which sources does this person send in?", "Only for a data provider.")
_LONG = "At least 12 characters; a sentence is easier to remember than a word with signs."


class GiveRole(Plain):
    """A role, and the sources that go with it."""

    role = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose a role."}
    )
    sources = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    words: ClassVar = {"role": ("Which role?", ""), "sources": _SOURCES}

    def __init__(self, *args: Any, sources: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields["role"]
        shown.choices = [Choice(r.id, r.name, hint=r.description) for r in ROLES.values()]
        given: Any = self.fields["sources"]
        given.choices = [Choice(key, title) for key, title in sources.items()]

    def clean(self) -> dict[str, Any]:
        """Sources with a role of sources, and with no other."""
        found: dict[str, Any] = super().clean() or {}
        role = ROLES.get(found.get("role", ""))
        if role and role.of_sources and not found.get("sources"):
            self.add_error("sources", f"Choose at least one source: {role.name} needs one.")
        if role and not role.of_sources and found.get("sources"):
            self.add_error("sources", f"Choose no source: {role.name} acts for the whole.")
        return found


class Invite(GiveRole):
    """Whom to invite, to which role."""

    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter an e-mail address.",
                        "invalid": "Enter an e-mail address such as post@council.example."},
    )  # fmt: skip
    post = forms.CharField(
        max_length=120, error_messages={"required": "Enter the post that the person holds."}
    )
    field_order = ("email", "post", "role", "sources")
    words: ClassVar = {
        "email": ("What is the person’s e-mail address?", "The link goes there."),
        "post": ("What is the person’s post?",
                 "Pages show the post, never the name. For example: Research and analysis officer"),
        **GiveRole.words,
    }  # fmt: skip


class HandOver(Plain):
    """Who answers for a source from now on."""

    to = forms.ModelChoiceField(
        Person.objects.none(), empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": "Choose a person."},
    )  # fmt: skip
    words: ClassVar = {"to": ("Who sends in its figures from now on?", "")}

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields["to"]
        shown.queryset = people


class FirstPassword(Plain):
    """The password of somebody who accepts an invitation."""

    password = forms.CharField(
        max_length=4096, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )  # fmt: skip
    again = forms.CharField(
        max_length=4096, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type the password again."},
    )  # fmt: skip
    words: ClassVar = {
        "password": ("What shall your password be?", _LONG), "again": ("Type it again", ""),
    }  # fmt: skip

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = Person(email=invitation.email, post=invitation.post)

    def clean_password(self) -> str:
        """The installation's rules for passwords."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        found: dict[str, Any] = super().clean() or {}
        if "password" in found and "again" in found and found["password"] != found["again"]:
            self.add_error("again", ValidationError("This is not the password above."))
        return found
