"""The channels: how long a reply may be on each, whether it fits, and how it becomes a numbered thread."""

from playbook.channels.catalogue import Channel, Limit, Measure, measure, shipped, thread

__all__ = ["Channel", "Limit", "Measure", "measure", "shipped", "thread"]
