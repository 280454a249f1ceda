"""国家认定 in words: how many units, up to which batch, who is no longer there, who is unnamed."""

from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting


def count_words(rows: UnitContext) -> str:
    """The recognised units of the filter, counted; empty where there is nothing to say.

    A unit that a boundary change ended is named beside the count, and a batch without its list of
    names is said, so that the count never falls or stands still without a word.
    """
    recognitions = [r for r in rows.recognitions if not rows.state.group or r.group_code == rows.state.group]
    parts: list[str] = []
    if recognitions:
        present = [r for r in recognitions if r.is_present]
        listed = [b.name for b in rows.recognition_batches if not b.missing_count]
        sentence = text("recognition.count", count=len(present))
        if listed:
            sentence += text("recognition.until", batch=listed[-1])
        former = [r.short_name for r in recognitions if not r.is_present]
        if former:
            sentence += text("recognition.former", names="、".join(former))
        parts.append(sentence)
    if recognitions or not rows.state.group:
        parts += [
            text("recognition.unlisted", batch=b.name, count=b.unit_count)
            if b.missing_count == b.unit_count
            else text("recognition.partly_listed", batch=b.name, count=b.unit_count, missing=b.missing_count)
            for b in rows.recognition_batches
            if b.missing_count
        ]
    return text("sub.join").join(parts)


def unit_words(unit: UnitStatusRow) -> str:
    """What is recognised of one unit: itself, or only what it took over; empty where nothing."""
    if unit.recognised_batch is not None:
        return text("recognition.unit", batch=unit.recognised_batch)
    if unit.recognised_predecessor is not None:
        return text("recognition.predecessor", name=unit.recognised_predecessor, batch=unit.predecessor_batch)
    return ""


def public_words(rows: UnitContext) -> list[str]:
    """One sentence for each batch: the units it names, its document and when it was published."""
    sentences: list[str] = []
    for batch in dict.fromkeys(r.batch_code for r in rows.recognitions):
        recognitions = [r for r in rows.recognitions if r.batch_code == batch]
        names = "、".join(
            r.short_name if r.is_present else text("recognition.former_name", name=r.short_name) for r in recognitions
        )
        document = recognitions[0].document_number or text("recognition.no_document")
        day = recognitions[0].published_on
        sentences.append(
            text("source.recognised", names=names, batch=recognitions[0].batch_name, document=document)
            + ("" if day is None else text("source.recognised_on", day=formatting.day(day)))
            + text("source.recognised_end")
        )
    return sentences
