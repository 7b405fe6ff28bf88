"""Mutated extracts put before the intake and before a whole night: nothing crashes, and every row is accounted for."""
