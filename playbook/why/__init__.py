"""Why a case ended as it did: which answers were decisive, and the nearest others that would lead elsewhere."""
