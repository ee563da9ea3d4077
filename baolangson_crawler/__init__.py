"""Archive of Vietnam's provincial press."""

__version__ = "0.1.0"
