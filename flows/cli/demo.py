"""forewarn demo: a county that does not exist, two nights and a list, to see what the pipeline does."""
