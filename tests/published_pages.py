"""Publish a runtime folder and print what its pages answer, as `{page: [status, words]}`.

python -m tests.published_pages PAGE…
"""

import json
import sys

from app import create_app
from data.settings import Settings
from data.warehouse.publish import publish
from tests.small_demo import AT
from tests.visitors import plain


def main(pages: list[str]) -> None:
    """Print one line of JSON."""
    settings = Settings()
    publish(settings, AT.replace(hour=AT.hour + 1))
    client = create_app(settings).server.test_client()
    answers = {page: client.get(page) for page in pages}
    print(json.dumps({page: (a.status_code, plain(a)) for page, a in answers.items()}))


if __name__ == "__main__":
    main(sys.argv[1:])
