"""What takes long begins first, so that no worker is left alone with it at the end; docs/evidence/test-minutes.md."""

LONGEST = (
    "tests/journey/test_pages.py",
    "tests/hostile/test_scripts.py",  # without the city, which the first worker builds meanwhile
    "tests/shipped/",
    "tests/journey/",
    "tests/faults/",
    "tests/contract/test_access.py",
    "tests/contract/test_returns.py",
    "tests/contract/test_publication_plans.py",
    "tests/contract/test_project.py",
    "tests/contract/test_planted_faults.py",
    "tests/contract/test_one_fact.py",
    "tests/property/",
    "tests/hostile/",
)


def place(path: str) -> int:
    """Where a file stands in the run, by its path from the project's folder."""
    return next((n for n, start in enumerate(LONGEST) if path.startswith(start)), len(LONGEST))
