"""Blocks into HTML, PDF, DOCX and XLSX. Renderers read the pack file and nothing else."""
