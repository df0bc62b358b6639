"""Form exports: one module for the tools' own columns, one per step from headers to responses."""

from ingestion.readers.forms.reading import read_forms

__all__ = ["read_forms"]
