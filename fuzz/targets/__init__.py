"""One module a target: ``run(data)`` does something with *data* and asserts what must hold of the outcome."""
