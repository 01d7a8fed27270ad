"""How long the numeric functions take, beside plain NumPy, SciPy and torch: `python -m tests.benchmarks`."""
