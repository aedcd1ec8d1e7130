"""Forms of signing in and of one's own account, in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from callover.web.design.forms import Plain

_ADDRESS = "What is your e-mail address?"
_LONG = "At least 12 characters; a sentence is easier to remember than a word with signs."
_NO_ADDRESS = "Enter your e-mail address."
_EMPTY = "Enter your password."
_NO_CODE = {"code": "Enter the code."}
_CODE = ("What is the code?", "Six digits from your app, or one of your recovery codes.")


class SignIn(Plain, account.LoginForm):
    """Address and password."""

    words: ClassVar = {"login": (_ADDRESS, ""), "password": ("What is your password?", "")}
    missing: ClassVar = {"login": _NO_ADDRESS, "password": _EMPTY}


class AskForPassword(Plain, account.ResetPasswordForm):
    """The address to which the link goes."""

    words: ClassVar = {
        "email": (_ADDRESS, "We send a link to it with which you set a new password.")
    }
    missing: ClassVar = {"email": _NO_ADDRESS}


class NewPassword(Plain, account.ResetPasswordKeyForm):
    """A new password, with the link from the e-mail."""

    words: ClassVar = {"password1": ("What shall your new password be?", _LONG),
                       "password2": ("Type it again", "")}  # fmt: skip
    missing: ClassVar = {"password1": "Enter a password.", "password2": "Type the password again."}


class FirstPassword(Plain, account.SetPasswordForm):
    """A password for somebody who had none."""

    words: ClassVar = NewPassword.words
    missing: ClassVar = NewPassword.missing


class ChangePassword(Plain, account.ChangePasswordForm):
    """Another password, by who knows the one before."""

    words: ClassVar = {"oldpassword": ("What is your password now?", ""), **NewPassword.words}
    missing: ClassVar = {
        "oldpassword": "Enter the password that you have now.",
        **NewPassword.missing,
    }


class Again(Plain, account.ReauthenticateForm):
    """The password once more."""

    words: ClassVar = {"password": ("What is your password?", "")}
    missing: ClassVar = {"password": _EMPTY}


class ChangeAddress(Plain, account.ChangeEmailForm):
    """Another address."""

    words: ClassVar = {"email": ("What is your new e-mail address?",
                                 "It counts once you open the link we send there.")}  # fmt: skip
    missing: ClassVar = {"email": "Enter your new e-mail address."}


class AddAddress(Plain, account.AddEmailForm):
    """Another address, on the page of one's addresses."""

    words: ClassVar = ChangeAddress.words
    missing: ClassVar = ChangeAddress.missing


class SecondStep(Plain, mfa.AuthenticateForm):
    """The code after the password."""

    words: ClassVar = {"code": _CODE}
    missing: ClassVar = _NO_CODE


class SecondStepAgain(Plain, mfa.ReauthenticateForm):
    """The code once more."""

    words: ClassVar = {"code": _CODE}
    missing: ClassVar = _NO_CODE


class AddApp(Plain, ActivateTOTPForm):
    """The first code of an app."""

    words: ClassVar = {"code": ("What is the code that the app shows now?", "Six digits.")}
    missing: ClassVar = _NO_CODE


class AddPasskey(Plain, AddWebAuthnForm):
    """A passkey with a name by which to know it."""

    words: ClassVar = {
        "name": ("What do you call it?", "For example: my phone."),
        "passwordless": ("Sign in with it alone, without address and password", ""),
    }
    missing: ClassVar = {"name": "Enter a name."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True


class NamePasskey(Plain, EditWebAuthnForm):
    """Another name."""

    words: ClassVar = {"name": ("What do you call it?", "")}
    missing: ClassVar = {"name": "Enter a name."}
