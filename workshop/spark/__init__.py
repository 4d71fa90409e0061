"""A Spark of one's own for trying and testing (cluster), and whether both engines give the same rows (compare)."""
