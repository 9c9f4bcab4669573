"""The paper's experiment on simulated patients: select, validate, compare, explain, report."""
