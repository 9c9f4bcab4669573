"""Digital liver phantoms: patients, their MRI, their clinical factors and their response. Nothing here is real."""
