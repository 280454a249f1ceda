"""个人信息: what is kept about whom, why and how long; and what of it is one's own."""

from collections.abc import Sequence

from data.catalogue.keeping_tables import KeptRecord
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, column
from layouts.components.elements import link_to, paragraph
from layouts.components.sections import heading
from layouts.document import document
from layouts.markup import Node
from layouts.office.table import long_words, office_table


def privacy_page(records: Sequence[KeptRecord], account_bar: Node) -> str:
    """A row for each kind of record, and the way to one's own."""
    title = text("privacy.title")
    columns: list[Column[KeptRecord]] = [
        column("privacy.column.", "name", lambda r: r.name),
        column("privacy.column.", "about", lambda r: r.about),
        column("privacy.column.", "content", lambda r: long_words(r.content)),
        column("privacy.column.", "purpose", lambda r: long_words(r.purpose)),
        column("privacy.column.", "legal_basis", lambda r: long_words(r.legal_basis)),
        column("privacy.column.", "keep", _how_long),
        column("privacy.column.", "afterwards", lambda r: long_words(r.afterwards)),
    ]
    return document(
        title,
        [
            heading(title, level=1),
            paragraph(text("privacy.pupils")),
            office_table(columns, records, name=title, key=lambda r: r.record_code),
            heading(text("privacy.own")),
            paragraph(text("privacy.own_means")),
            paragraph(link_to(text("privacy.take"), href="/privacy/mine", look="button", stays=False)),
            paragraph(text("privacy.erase")),
        ],
        "office",
        account_bar=account_bar,
    )


def _how_long(record: KeptRecord) -> str:
    if record.keep_days is None:
        return text("privacy.for_good")
    return text("privacy.days", since=record.counted_from, days=formatting.count(record.keep_days))
