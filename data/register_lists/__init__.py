"""Lists of 督学 and 责任区 as an office sends them: read from a workbook, and the workbook to fill in."""
