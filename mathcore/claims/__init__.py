"""Notes under judgement: what somebody wrote, as formulas, and whether it holds."""
