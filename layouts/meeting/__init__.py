"""会议模式: one statement per slide, from the rows of the pages."""
