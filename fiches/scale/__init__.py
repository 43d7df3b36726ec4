"""Synthetic fiches, and the whole of ``load_scale``."""
