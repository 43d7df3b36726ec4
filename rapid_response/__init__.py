"""Rapid response: a policy maker asks, experts answer in time. The room opens with its own models."""
