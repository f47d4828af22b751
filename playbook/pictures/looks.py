"""The colours of pictures; whatever they say is written out too."""

from __future__ import annotations

FILLS = (("#dbe9ff", "#3567a8"), ("#dcf3dc", "#2f7d3b"), ("#ffefc2", "#a86f00"), ("#ffd9d6", "#b3261e"))
"""Background and border by level; the text on them is black."""
INK, FAINT, TAKEN, ALARM = "#1f2328", "#8c959f", "#1a7f37", "#b3261e"
"""Lines and text; what no scenario comes through; what one does; red lines."""
