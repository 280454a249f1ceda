"""What is installed and what is vendored is what was chosen: every file by its checksum."""

import hashlib
import os
import re
import subprocess

import pytest

from data.settings import ROOT

VENDOR = ROOT / "assets" / "vendor"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==([^\s;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {package.lower().replace("_", "-"): version for package, version in found}


def test_the_lock_holds_the_versions_that_are_tested_each_with_a_checksum() -> None:
    locked, held = pins("requirements.lock"), pins("constraints.txt") | pins("requirements.txt")
    assert pins("requirements.txt").items() <= locked.items()
    assert {name: version for name, version in locked.items() if held.get(name, version) != version} == {}
    entries = (ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n")[1:]
    packages = "\n".join(entries).replace("\\\n", " ").splitlines()
    assert [line for line in packages if line.strip() and "--hash=sha256:" not in line] == []
    assert "://" not in "\n".join(entries)


def test_bundle_and_container_install_only_what_has_its_checksum() -> None:
    for name in ("Makefile", "deploy/Containerfile", "docs/operations.md"):
        assert "--require-hashes -r requirements.lock" in (ROOT / name).read_text(encoding="utf-8"), name


DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("base", "is_built"),
    [
        (f"mirror.example/python@sha256:{DIGEST}", True),
        (f"mirror.example/python:3.11@sha256:{DIGEST}", True),
        ("mirror.example/python:3.11-slim", False),
        (f"mirror.example/python@sha256:{DIGEST[1:]}", False),
        (f"mirror.example/python@sha256:{DIGEST}:latest", False),
        ("", False),
    ],
)
def test_an_image_is_built_from_a_digest_alone(base: str, is_built: bool) -> None:
    """The file names no base itself, and its first step refuses one that is not pinned."""
    image = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    assert re.findall(r"^FROM (\S+)", image, re.MULTILINE) == ["${BASE}"] * 2
    assert re.findall(r"^ARG BASE(.*)$", image, re.MULTILINE) == [""] * 3
    first_step = re.findall(r"^RUN (.+)$", image, re.MULTILINE)[0]
    done = subprocess.run(
        ["/bin/sh", "-c", first_step], env={"PATH": os.environ["PATH"], "BASE": base}, capture_output=True, check=False
    )
    assert (done.returncode == 0) is is_built


def test_vendored_files_are_those_that_were_chosen() -> None:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in VENDOR.iterdir() if p.name != "SHA256SUMS"}
    assert files == sums
