"""`python -m mathcore`: the same as the command `mathcore`."""

import sys

from mathcore.cli import main

if __name__ == "__main__":
    sys.exit(main())
