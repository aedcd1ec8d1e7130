"""Django's settings, all from the environment (``docs/production.md``)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from callover.web.config.environment import Environment
from callover.web.config.logging import logging_settings

ENVIRONMENT = Environment.current()
WEB = Path(__file__).resolve().parent.parent

WORKSPACE = ENVIRONMENT.workspace
SITE = ENVIRONMENT.site
SITE_URL = ENVIRONMENT.url
TODAY = ENVIRONMENT.day("CALLOVER_TODAY")
SITE_NAME = ENVIRONMENT.text("CALLOVER_NAME", "Community safety")
HTTPS = SITE_URL.startswith("https:")

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = ENVIRONMENT.hosts
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "callover.web.config.urls"
WSGI_APPLICATION = "callover.web.config.wsgi.application"

OWN_APPS = [
    "callover.web.design",
    "callover.web.accounts",
    "callover.web.journal",
    "callover.web.queue",
    "callover.web.snapshots",
    "callover.web.performance",
    "callover.web.submissions",
    "callover.web.writing",
    "callover.web.meetings",
    "callover.web.publication",
    "callover.web.operations",
]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "callover.web.operations.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "callover.web.operations.middleware.SafeHeaders",
    "callover.web.meetings.middleware.Forget",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "callover.web.accounts.middleware.Activity",
    "django_htmx.middleware.HtmxMiddleware",
    "callover.web.accounts.middleware.Gate",
    "callover.web.design.middleware.Explained",
    "callover.web.snapshots.middleware.Missing",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "callover.web.design.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# --- language, time: as people here write them
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

# --- who signs in
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "callover.web.accounts.passwords.NotTooLong"},
]
PASSWORD_HASHERS = ["callover.web.accounts.passwords.Scrypt"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/members/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "callover.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "callover.web.accounts.adapters.SocialAccountAdapter"
MFA_ADAPTER = "callover.web.accounts.adapters.SecondStepAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is answered from the address it was sent to
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one counts once it was confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
PASSWORD_RESET_TIMEOUT = 60 * 60
# lock-out of one address from one place is axes' business; this is against guessing from many
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/m/ip,50/h/key"}
ACCOUNT_FORMS = {
    "login": "callover.web.accounts.signing.SignIn",
    "change_password": "callover.web.accounts.signing.ChangePassword",
    "reset_password": "callover.web.accounts.signing.AskForPassword",
    "reset_password_from_key": "callover.web.accounts.signing.NewPassword",
    "set_password": "callover.web.accounts.signing.FirstPassword",
    "reauthenticate": "callover.web.accounts.signing.Again",
    "change_email": "callover.web.accounts.signing.ChangeAddress",
    "add_email": "callover.web.accounts.signing.AddAddress",
}
MFA_FORMS = {
    "authenticate": "callover.web.accounts.signing.SecondStep",
    "reauthenticate": "callover.web.accounts.signing.SecondStepAgain",
    "activate_totp": "callover.web.accounts.signing.AddApp",
    "add_webauthn": "callover.web.accounts.signing.AddPasskey",
    "edit_webauthn": "callover.web.accounts.signing.NamePasskey",
}
REQUIRE_MFA = ENVIRONMENT.flag("CALLOVER_REQUIRE_MFA", default=True)
"""Whether roles that do more than see, ask and submit need a second step at sign-in."""
OIDC_MFA = ENVIRONMENT.flag("CALLOVER_OIDC_MFA")
"""Whether the organisation's own sign-in is trusted to have asked for a second step."""
USERSESSIONS_TRACK_ACTIVITY = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": ENVIRONMENT.text("CALLOVER_OIDC_NAME", "your organisation"),
                    "client_id": ENVIRONMENT.text("CALLOVER_OIDC_CLIENT_ID"),
                    "secret": ENVIRONMENT.text("CALLOVER_OIDC_SECRET"),
                    "settings": {"server_url": ENVIRONMENT.text("CALLOVER_OIDC_SERVER")},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
    if ENVIRONMENT.text("CALLOVER_OIDC_SERVER")
    else {}
)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "callover.web.accounts.lockout.address_typed"
AXES_CLIENT_IP_CALLABLE = "callover.web.accounts.origin.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
PROXIES = ENVIRONMENT.number("CALLOVER_PROXIES", 0)
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- cookies, transport, what a page may load
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "callover.web.design.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *ENVIRONMENT.organisation],  # browsers hold it against redirects too
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = SITE / "static"
STATICFILES_DIRS = [
    ("report", WEB.parent / "report" / "render" / "styles"),
    ("fonts", WEB.parent / "report" / "fonts"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = SITE / "incoming"
UPLOADS = SITE / "uploads"
SNAPSHOTS = SITE / "snapshots"
SERVING = SITE / "serving"
UPLOAD_LIMIT = ENVIRONMENT.number("CALLOVER_UPLOAD_MEGABYTES", 50) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["callover.web.submissions.handlers.Limited"]

# --- mail: to the console unless a server or a folder is named
EMAIL_BACKEND = {
    "": "django.core.mail.backends.console.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}[ENVIRONMENT.text("CALLOVER_EMAIL")]
EMAIL_FILE_PATH = SITE / "mail"
EMAIL_HOST = ENVIRONMENT.text("CALLOVER_EMAIL_HOST", "localhost")
EMAIL_PORT = ENVIRONMENT.number("CALLOVER_EMAIL_PORT", 587)
EMAIL_HOST_USER = ENVIRONMENT.text("CALLOVER_EMAIL_USER")
EMAIL_HOST_PASSWORD = ENVIRONMENT.text("CALLOVER_EMAIL_PASSWORD")
EMAIL_USE_TLS = ENVIRONMENT.flag("CALLOVER_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.text("CALLOVER_EMAIL_FROM", "callover@localhost")

# --- what all processes must know of one another, such as how often somebody tried
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "callover_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- work in the background
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "quick"],
    }
}
QUEUE_LIMIT = ENVIRONMENT.number("CALLOVER_QUEUE_LIMIT", 200)
LEASE_SECONDS = ENVIRONMENT.number("CALLOVER_LEASE_SECONDS", 60)

HEALTH_SECONDS: float = 5
"""How long a process answers with what it last found of its health."""
METRICS_TOKEN = ENVIRONMENT.text("CALLOVER_METRICS_TOKEN")
LOGGING = logging_settings(ENVIRONMENT.text("CALLOVER_LOG", "json"))
SILENCED_SYSTEM_CHECKS: list[str] = []
