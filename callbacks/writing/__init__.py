"""What users write: forms, returns, evidence, publications."""
