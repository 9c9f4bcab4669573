"""From a fitted model to a package that the application accepts."""
