"""Synthetic records in any number, to measure the portal with. Nothing in them is true, and each says so."""
