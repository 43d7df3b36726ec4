"""Accounts: who may log in, and in which roles."""
