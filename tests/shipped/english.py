"""The Latin words of a document that are neither a name of a file kind or an account, a key nor a code."""

import re
from html.parser import HTMLParser

from data.store.accounts import list_accounts
from data.store.engine import open_store
from tests.shipped.catalogue_desk import TYPED_MARKUP
from tests.shipped.front_door import FrontDoor


class Shown(HTMLParser):
    """The words of a document that a person reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._inside.append(tag)
        self.words += [v or "" for n, v in attrs if n in ("title", "aria-label", "placeholder", "alt")]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)


FILE_KINDS = ("Word", "XLSX", "XLS", "XLSB", "ODS", "HTML", "XML", "TXT", "CSV", "PNG", "SVG", "DOCX", "PPTX", "PDF")
STATISTICIANS = ("Fieller", "Benjamini", "Cochran", "Hochberg", "Mantel", "Haenszel", "Yekutieli", "Wilson")
OF_TESTS = ("test", "nobody", "puppet")  # who imported the demonstration, who tried to come in, who was never made
KNOWN_WORDS = {*FILE_KINDS, *(k.lower() for k in FILE_KINDS), "Enter", "Esc", "Tab", "Alt", *STATISTICIANS, *OF_TESTS}
CODES = re.compile(
    r"https?://\S+|(?<![\w<])/[\w/?=&%.-]+|[a-z.]+\.gov\.cn\S*|[A-Z]?[0-9][0-9A-Za-z.-]*|[A-Z][0-9]+|[0-9a-f]{8,}"
)


def english_words(document: str, shipped: FrontDoor) -> list[str]:
    """Latin words of three letters and more that are neither a name of a file kind or an account, a key nor a code."""
    shown = Shown()
    shown.feed(document)
    accounts = " ".join(a.account_name for a in list_accounts(open_store(shipped.settings)))
    known = KNOWN_WORDS | set(re.findall(r"[A-Za-z]{3,}", accounts))
    return sorted(
        {
            f"{word}: {said.strip()[:60]}"
            for said in shown.words
            for word in re.findall(r"[A-Za-z]{3,}", CODES.sub(" ", said.replace(TYPED_MARKUP, " ")))
            if word not in known
        }
    )
