"""Grading: submissions run in isolation, their verdicts kept."""
