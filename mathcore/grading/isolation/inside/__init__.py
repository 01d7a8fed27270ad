"""What runs in the other process: the standard library and NumPy, and nothing else of this package.

The folder is put on the other interpreter's path as the package `inside`; its imports are relative for that reason.
"""
