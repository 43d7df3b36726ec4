"""Synthetic practices, and cases in the states of the queue for a share of them."""
