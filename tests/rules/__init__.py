"""Rules as an official can check them: given rows, and the rows that must follow."""
