"""What an intelligence report's text says passed between two people."""
