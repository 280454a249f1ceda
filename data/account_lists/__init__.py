"""Lists of accounts in workbooks: the template, what a filled one says, and the first passwords handed over."""
