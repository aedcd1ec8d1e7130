"""A problem cut into the pieces that no relation connects; pieces with nothing small are left."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from callover.analysis.suppress.problem import Part, Problem


def components(problem: Problem) -> list[Problem]:
    """The connected pieces that hold a small cell. A fixed cell connects nothing."""
    count, rows = len(problem.cells), len(problem.relations)
    free = ~problem.where(Part.FIXED)
    matrix = problem.rows.tocoo()
    kept = free[matrix.col]
    pairs = (matrix.row[kept] + count, matrix.col[kept])
    size = count + rows
    graph = csr_array((np.ones(int(kept.sum())), pairs), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    wanted = sorted(set(labels[:count][problem.where(Part.PRIMARY, Part.DERIVED)]))
    return [_piece(problem, labels, label, free) for label in wanted]


def _piece(problem: Problem, labels: np.ndarray, label: int, free: np.ndarray) -> Problem:
    """The cells and relations of one label, with the fixed cells that its relations name."""
    count = len(problem.cells)
    relations = [r for i, r in enumerate(problem.relations) if labels[count + i] == label]
    named = {name for relation in relations for name in relation.terms}
    cells = [
        cell
        for i, cell in enumerate(problem.cells)
        if (free[i] and labels[i] == label) or (not free[i] and cell.name in named)
    ]
    return Problem(cells, relations)
