"""区县画像: what one unit lacks, why, where, and whether it will be in time."""
