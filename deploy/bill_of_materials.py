"""What a bundle holds: a bill of materials (CycloneDX 1.5), checksums, and the release notes that name them.

`python -m deploy.bill_of_materials FOLDER` writes `sbom.cdx.json`, `SHA256SUMS` and `RELEASE_NOTES.md` there.
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s\\;]+)", re.MULTILINE)
CHECKSUM = re.compile(r"--hash=sha256:([0-9a-f]{64})")
VENDORED = re.compile(r"^(.+?)-(\d[\d.]*)\.min\.js$")
BOM, SUMS, NOTES = "sbom.cdx.json", "SHA256SUMS", "RELEASE_NOTES.md"


def components() -> list[dict[str, object]]:
    """Every package that a host may install, with the checksums of its files, and the scripts that we ship."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    starts = list(PACKAGE.finditer(lock))
    found: list[dict[str, object]] = []
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(lock)
        name, version = start[1].lower(), start[2]
        found.append(
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": h} for h in CHECKSUM.findall(lock[start.start() : end])],
            }
        )
    for path in sorted((ROOT / "assets" / "vendor").glob("*.min.js")):
        if name := VENDORED.match(path.name):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            hashes = [{"alg": "SHA-256", "content": digest}]
            found.append({"type": "library", "name": name[1], "version": name[2], "hashes": hashes})
    return found


def checksums() -> str:
    """The checksum of every file of the code, as `sha256sum -c` reads it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    names = sorted(name for name in listed.decode().split("\0") if name and (ROOT / name).is_file())
    return "".join(f"{hashlib.sha256((ROOT / n).read_bytes()).hexdigest()}  {n}\n" for n in names)


def release_notes(files: dict[str, str]) -> str:
    """The newest section of the changelog, and the checksums of what goes with it."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    sums = "".join(f"- `{name}` sha256 {hashlib.sha256(words.encode()).hexdigest()}\n" for name, words in files.items())
    return f"# Release notes\n\n## {changes.strip()}\n\n## Checksums\n\n{sums}"


def main() -> None:
    """Write all three."""
    folder = Path(sys.argv[1])
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components()}
    files = {BOM: json.dumps(bom, indent=1) + "\n", SUMS: checksums()}
    for name, words in {**files, NOTES: release_notes(files)}.items():
        (folder / name).write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
