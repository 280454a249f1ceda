"""What a crash or a lost store left undone is done later: at start, at a look, at a publication.

Each part may run any number of times.
"""

from datetime import datetime

from data.acceptance import settle
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.audit_source import forget_addresses
from data.store.catalogue_change import write_released
from data.store.engine import Store
from data.store.monitoring import follow_publication
from data.taking_back import end_interrupted_rollback, note_in_audit
from data.warehouse.snapshots import waits_to_follow


def catch_up(settings: Settings, store: Store, at: datetime) -> None:
    """Own rows of the catalogue, interrupted acceptances, audit entries, addresses, publications not followed.

    Raises:
        StoreDownError: the store cannot be reached.
        DamagedFileError: the batches or their register cannot be read.
    """
    write_released(store, settings.overlay_file)
    end_interrupted_rollback(settings)
    settle(settings, store, at)
    note_in_audit(settings, store)
    forget_addresses(store, settings.audit_address_days, at)
    if waits_to_follow(settings.snapshots_folder):
        follow(settings, store, at)


def follow(settings: Settings, store: Store, at: datetime) -> dict[str, int]:
    """Bring ledger and noted head up to the publication in force; returns the ledger's counts.

    Raises:
        StoreDownError: the store cannot be reached; the next `catch_up` goes on.
    """
    return follow_publication(settings, load_catalogue(), at, store=store, heads=settings.audit_heads_file)
