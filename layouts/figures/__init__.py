"""Plotly figures as plain dicts, one builder per file."""
