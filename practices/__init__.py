"""Practices: best practices that partners submit and reviewers judge. The room opens with its own models."""
