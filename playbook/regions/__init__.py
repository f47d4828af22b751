"""The answer space of a protocol and of all it leads into, exactly: which answers lead where, how many, one of each.

Nothing is sampled and no case is gone through: sets of answers are decision diagrams (`diagram`) over the questions
(`space`). Conditions become diagrams (`saying` by the answers, `truth` by what is so), steps are put together from
these (`tree`), and a case is followed through them with all its like (`ways`).
"""
