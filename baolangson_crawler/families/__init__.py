"""Content management systems that several papers share: one module of page classes for each."""
