"""What a night costs, stage by stage, on counties of several sizes."""
