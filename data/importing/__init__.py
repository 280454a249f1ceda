"""From an office's file to an immutable batch: read, recognise, check, record."""
