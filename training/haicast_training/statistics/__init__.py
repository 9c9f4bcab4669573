"""Statistics of the paper's tables. Each is small enough to be read, and checked against an independent implementation."""
