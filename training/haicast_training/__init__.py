"""haicast_training: simulate, prepare, learn, compare, explain and export, for haicast's treatment-response model."""

__version__ = "0.1.0"
