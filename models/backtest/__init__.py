"""Past weeks replayed as they were known then: how early and how well the list would have warned, and whether that can be believed."""
