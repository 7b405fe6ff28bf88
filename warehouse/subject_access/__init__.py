"""What is held on one person, for that person: rows as received, and texts with everybody else's name taken out."""
