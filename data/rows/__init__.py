"""Rows of every question and what is made of them: queries, layouts and callbacks share these."""
