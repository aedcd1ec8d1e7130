"""Pages of a person's own account, and of joining."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from callover.domain.errors import UserError
from callover.web.accounts import invitations
from callover.web.accounts.access import own_account, public
from callover.web.accounts.forms import FirstPassword
from callover.web.accounts.models import Invitation
from callover.web.accounts.own import kept_of
from callover.web.accounts.second_step import has_second_step, must_set_up
from callover.web.design.forms import sent
from callover.web.journal.record import record


@own_account
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, what one may do, and where to change it."""
    person: Any = request.user
    held = person.memberships.filter(ended=None).select_related("partnership")
    told = {"memberships": held, "second_step": has_second_step(person)}
    return render(request, "accounts/account.html", told)


@own_account
def account_data(request: HttpRequest) -> HttpResponse:
    """Everything that the site keeps about oneself, as a file."""
    person: Any = request.user
    record("export own data", by=person, subject=person.post)
    answer = JsonResponse(kept_of(person), json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@own_account
def second_step(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and how to set it up."""
    told = {"needed": must_set_up(request)}
    return render(request, "accounts/second_step.html", told)


@public
@sensitive_post_parameters("password", "again")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation."""
    try:
        invitation = invitations.opened(token)
        if not invitations.needs_password(invitation):
            return _join_again(request, invitation)
        form = FirstPassword(sent(request), invitation=invitation)
        if request.method != "POST" or not form.is_valid():
            told = {"invitation": invitation, "form": form}
            return render(request, "accounts/join.html", told)
        return _joined(request, invitation, form.cleaned_data["password"])
    except UserError as error:  # over, or to what is no longer there
        return render(request, "accounts/join_over.html", {"error": error}, status=410)


def _join_again(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Who has an account gains the role by a press of a button, and signs in as ever."""
    if request.method != "POST":
        return render(request, "accounts/join.html", {"invitation": invitation})
    invitations.accept(invitation=invitation)
    messages.success(request, f"You are now {invitation}.")
    return redirect("work")


def _joined(request: HttpRequest, invitation: Invitation, password: str) -> HttpResponse:
    person = invitations.accept(invitation=invitation, password=password)
    messages.success(request, f"You are now {invitation}.")
    answer: HttpResponse = perform_login(request, person, email_verification="none")
    return answer
