"""The parts that pages are composed of; beside the charts, only they write tags."""
