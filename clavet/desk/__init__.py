"""My desk: what waits for a person who is logged in, and the way around that person's own pages."""
