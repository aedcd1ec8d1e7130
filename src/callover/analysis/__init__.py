"""Cube, measures and judgement: the only place where figures are computed."""
