"""From the published database to the page: what is on the list, how it is worded, drawn and laid out."""
