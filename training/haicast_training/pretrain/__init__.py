"""Pre-training of the trunk: reading lesion traits from simulated crops."""
