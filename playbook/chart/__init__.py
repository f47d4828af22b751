"""The chart for the wall: a protocol on one page of A4, who is called, the tree, the outcomes and the red lines."""
