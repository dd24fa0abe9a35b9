"""A message came in: load, decide, save, note what to send. The order of the steps; no framework."""
