"""The forewarn command."""
