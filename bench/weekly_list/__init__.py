"""How long a list of 50 pairs takes in three formats."""
