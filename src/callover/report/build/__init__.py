"""Pack and figures into blocks, a module for each part of the report."""
