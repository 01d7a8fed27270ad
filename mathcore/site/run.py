"""Sphinx, with a garbage collector that looks rarely: to look through trees of documents takes a third of the time."""

import gc
import sys

from sphinx.cmd.build import main

if __name__ == "__main__":
    gc.set_threshold(200_000, 50, 50)
    sys.exit(main(sys.argv[1:]))
