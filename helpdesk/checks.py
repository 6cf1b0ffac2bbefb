"""Checks at start."""
