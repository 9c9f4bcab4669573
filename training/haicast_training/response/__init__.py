"""From traits and clinical factors to the probability of an objective response."""
