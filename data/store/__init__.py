"""The operational store: what users write (ledger, warnings, meetings) and the audit of it."""
