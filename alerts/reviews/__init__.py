"""What people decided about pairs: a ledger that is only added to, and what stands of it on a night."""
