"""Papers that leave the office: letters and meeting material, written from the pages' own rows."""
