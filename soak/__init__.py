"""Endurance: crawls that are killed, crowded, starved of disk and made long, held to the truth.

``python -m soak`` runs every part; ``tests/test_soak.py`` runs a small sample of the same code.
"""
