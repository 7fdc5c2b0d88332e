"""The state graph: state, edges, wiring, dependencies and persistence."""
