"""The judge of implementations, ours and anybody's: exact values, accuracy, laws, worked examples, known mistakes."""
