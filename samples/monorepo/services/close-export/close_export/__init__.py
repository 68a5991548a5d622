"""Exports the close binder."""
