"""Practices: what partners submit, reviewers judge, and others adapt."""
