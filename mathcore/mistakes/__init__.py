"""Plausible wrong versions, which the checks must refute: that is how we know that the checks can fail.

One module a function, one plain function a mistake, with the signature of the right one. NumPy only; values come as they
come, never with a warning.
"""
