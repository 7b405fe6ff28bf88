"""Pages for analysts on one pair or one person: what is known, why it scores as it does, and what the linkage rests on."""
