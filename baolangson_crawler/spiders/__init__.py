"""The only spider."""
