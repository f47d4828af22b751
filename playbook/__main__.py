"""`python -m playbook`, and the entry of the console scripts."""

from __future__ import annotations

import gc

# A run is short and makes no circles worth collecting: looking for them costs a tenth of the start.
gc.disable()


def main() -> None:
    """Run the command line."""
    from playbook.cli import run

    run()


if __name__ == "__main__":
    main()
