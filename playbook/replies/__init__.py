"""Replies: the template language, its checks, rendering, deadlines and dates in the reader's language."""
