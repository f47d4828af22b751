"""`python -m playbook`, and the entry of the console scripts."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit."""
    gc.disable()  # a run is short and makes no circles worth collecting: looking for them costs time
    try:
        from playbook.cli import run

        code = run()
    except KeyboardInterrupt:  # also while the program is still being loaded
        code = INTERRUPTED
    gc.freeze()  # nor is anything worth collecting on the way out, which Python would do all the same
    sys.exit(code)


if __name__ == "__main__":
    main()
