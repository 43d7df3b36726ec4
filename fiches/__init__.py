"""CLAVET Fiches: what authorities did, what came of it and what others can take over, in nine languages."""
