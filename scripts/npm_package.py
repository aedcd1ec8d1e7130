"""An npm package at one version, fetched and checked against the recorded bytes."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """An npm package at one version, with the integrity that its registry entry states."""

    name: str
    version: str
    integrity: str


def fetch(package: Package, folder: Path) -> Path:
    """The package's archive in ``folder``; stops where its bytes are not the recorded ones."""
    command = ["npm", "pack", f"{package.name}@{package.version}", "--silent"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    archive = folder / done.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        sys.exit(f"{package.name}@{package.version}: these are not the recorded bytes.")
    return archive


def take(package: Package, folder: Path, members: dict[str, Path]) -> None:
    """Files of the package's archive to their places; stops where one is missing."""
    with tarfile.open(fetch(package, folder)) as archive:
        for member, target in members.items():
            content = archive.extractfile(member)
            if content is None:
                sys.exit(f"{member} is missing from {package.name}.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
