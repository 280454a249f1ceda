"""What a process holds: resident memory and open snapshot files, as the kernel counts them."""

from pathlib import Path


def resident_mb(process: int | str = "self") -> float:
    """Resident megabytes of a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def open_snapshots(process: int | str = "self", folder: Path = Path("/")) -> set[str]:
    """Names of the snapshot files below a folder that a process has open."""
    found: set[str] = set()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        try:
            name = str(handle.readlink())
        except OSError:
            continue  # closed meanwhile
        if name.partition(" ")[0].endswith(".duckdb") and Path(name).is_relative_to(folder):
            found.add(Path(name).name)
    return found
