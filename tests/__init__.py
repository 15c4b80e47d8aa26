"""Tests: worked cases in `cases/`, and the rest in Python."""
