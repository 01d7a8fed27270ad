"""The formula language: text to tree, trees to text, LaTeX and Unicode, and to and from sympy (imported only there)."""
