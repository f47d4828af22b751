"""YAML text to guarded nodes with positions: every fault located, nothing that a file could do to us."""

from playbook.source.places import Source
from playbook.source.reading import Limits, read

__all__ = ["Limits", "Source", "read"]
