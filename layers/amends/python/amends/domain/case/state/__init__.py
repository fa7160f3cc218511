"""State: the parts that a case is made of, as its events leave them; data and nothing else."""
