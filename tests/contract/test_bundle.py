"""The bundle says what it holds: every package of the lock with its checksums, every file, and signed release notes."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from data.settings import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    subprocess.run([sys.executable, "-m", "deploy.bill_of_materials", str(folder)], cwd=ROOT, check=True)
    return folder


def test_the_bill_names_every_package_with_its_checksums(made: Path) -> None:
    bill = json.loads((made / "sbom.cdx.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    known = {c["name"]: c for c in bill["components"]}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert {line.split("==")[0].split("[")[0].lower() for line in lock.splitlines() if "==" in line} <= set(known)
    assert sum(len(c["hashes"]) for c in bill["components"] if "purl" in c) == lock.count("--hash=")
    assert known["dash"]["purl"] == "pkg:pypi/dash@4.4.1"
    assert any(c["name"].startswith("plotly-basic") for c in bill["components"])


def test_every_file_has_its_checksum(made: Path) -> None:
    lines = [line.partition("  ") for line in (made / "SHA256SUMS").read_text("utf-8").splitlines()]
    sums = {name: digest for digest, _, name in lines}
    assert sums["app.py"] == hashlib.sha256((ROOT / "app.py").read_bytes()).hexdigest()
    assert len(sums) > 900
    assert not [name for name in sums if name.startswith(("var/", ".venv"))]


def test_the_release_notes_name_the_other_two_and_are_signed_where_a_key_is_given(made: Path, tmp_path: Path) -> None:
    notes = (made / "RELEASE_NOTES.md").read_text("utf-8")
    for name in ("sbom.cdx.json", "SHA256SUMS"):
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() in notes
    bundle = (ROOT / "Makefile").read_text("utf-8").split("\nbundle:")[1].split("\n\n")[0]
    assert "deploy.bill_of_materials" in bundle
    (signing,) = re.findall(r"openssl dgst [^;]+", bundle)
    key, public = tmp_path / "key.pem", tmp_path / "public.pem"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key], check=True
    )
    subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-out", public], check=True)
    command = signing.replace('"$(SIGNING_KEY)"', str(key)).replace("var/", f"{made}/").strip()
    subprocess.run(command, shell=True, check=True)
    verify = ["openssl", "dgst", "-sha256", "-verify", public, "-signature", made / "RELEASE_NOTES.md.sig"]
    assert subprocess.run([*verify, made / "RELEASE_NOTES.md"], check=False, capture_output=True).returncode == 0
    (made / "RELEASE_NOTES.md").write_text(notes + "x", encoding="utf-8")
    assert subprocess.run([*verify, made / "RELEASE_NOTES.md"], check=False, capture_output=True).returncode != 0
