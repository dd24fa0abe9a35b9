"""Structural barriers (Integrationshürden): reported without persons, grouped by likeness, followed to a solution."""
