"""判定依据: what a verdict rests on, as a panel that any page can show and any link can open."""
