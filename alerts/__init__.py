"""Which pairs go on the list, why, and the documents made of it."""
