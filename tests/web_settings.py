"""The site's settings for tests: a small workspace of their own, and a hash that takes no time."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from postgresql_cluster import serve_this_run

FOLDER = Path(tempfile.mkdtemp(prefix="callover-site-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

PARTNERSHIPS = {
    "wealdshire": "id: wealdshire\narea: E10000098\nname: Wealdshire Safer Communities\n"
    "short_name: Wealdshire\nset: street\n",
    "harrowmere": "id: harrowmere\narea: E07000998\nname: Harrowmere Community Safety Partnership\n"
    "short_name: Harrowmere\nset: street\nwithin: wealdshire\ncolour: '#5b3a8c'\n",
    "exampleford": "id: exampleford\narea: E07000999\nname: Exampleford Community Safety\n"
    "short_name: Exampleford\nset: street\nwithin: wealdshire\n",
    "elsewhere": "id: elsewhere\narea: E07000997\nname: Elsewhere Community Safety\n"
    "short_name: Elsewhere\nset: street\n",
}

(FOLDER / "workspace.yaml").write_text("callover: 1\nset: street\npartnership: harrowmere\n")
for name in ("partnerships", "definitions", "commentary", "data", "packs", "site"):
    (FOLDER / name).mkdir()
for name, text in PARTNERSHIPS.items():
    (FOLDER / "partnerships" / f"{name}.yaml").write_text(text)

os.environ["CALLOVER_WORKSPACE"] = str(FOLDER)
os.environ.setdefault("CALLOVER_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ["CALLOVER_LOG"] = "text"
if "--postgresql" in sys.argv and "CALLOVER_DATABASE_URL" not in os.environ:
    serve_this_run()  # before the settings are read; the run's other processes inherit it

from callover.web.config.settings import *  # noqa: E402 - what the settings are

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REQUIRE_MFA = False  # tests of the second step turn it on
LEASE_SECONDS = 2
HEALTH_SECONDS = 1e-9  # tests change things and ask at once
