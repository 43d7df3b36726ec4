"""Finding what readers mean: one analyser of nine languages, and the indexes that it feeds."""
