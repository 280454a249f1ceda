"""The official forms 表Ⅱ-1 to 表Ⅵ of one district and period as worksheets."""
