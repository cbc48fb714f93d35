"""A page begun from a Word file: what stands in the file, where it belongs, the document of it.

Nothing is stored here, and nothing is decided without being shown.
"""
