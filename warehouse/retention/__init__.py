"""How long what we were told is kept, what keeps it longer, and its erasure from everything made of it, with proof."""
