"""The kernel: decides equality of expressions with sums over symbolic n by a normal form, and signs."""
