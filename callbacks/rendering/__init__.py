"""From an address to panels: dispatch, context, fallbacks, first paint."""
