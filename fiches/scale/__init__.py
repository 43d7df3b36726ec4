"""Synthetic fiches and authorities in any number, to measure the portal with. Nothing in them is true."""
