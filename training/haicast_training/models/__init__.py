"""Networks: the InceptionV4 trunk, its rivals in the selection, the trait reader and the additive response head."""
