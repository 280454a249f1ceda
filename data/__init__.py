"""What is true: the catalogue of rules, what offices sent in, and the published snapshots."""
