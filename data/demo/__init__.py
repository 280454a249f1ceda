"""Invented demonstration sources, written in the formats of the office's own templates."""
