"""Pictures of a protocol: what is drawn, as Mermaid, as DOT, and what Graphviz makes of that."""
