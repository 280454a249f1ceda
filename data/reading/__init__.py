"""What a sender's file holds, whatever made it: one typed sheet model, a reader for each format."""
