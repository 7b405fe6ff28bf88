"""What passed between two people, measured as of a date."""
