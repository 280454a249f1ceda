"""口径: how every item is defined and judged, generated from the catalogue."""
