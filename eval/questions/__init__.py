"""The bundled question sets, as package data."""
