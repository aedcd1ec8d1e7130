"""A reader who reckons, by another solver (GLPK) and another model than the one under test.

Every cell is a whole number from 0; what is shown is fixed; what is hidden may be anything that the
relations allow. GLPK is used by tests only.
"""

from __future__ import annotations

import swiglpk as glpk

from callover.analysis.suppress import Part, Problem


class Reader:
    """Knows the problem's relations and every cell but the hidden ones.

    By words: a small count says "fewer than 10" unless it is ``unnamed``; "withheld" means at least
    the threshold where no small count is called so.
    """

    def __init__(
        self,
        problem: Problem,
        hidden: frozenset[str],
        by_words: bool = False,
        unnamed: frozenset[str] = frozenset(),
    ) -> None:
        glpk.glp_term_out(glpk.GLP_OFF)
        self.problem, self.unnamed = problem, unnamed
        self.model = glpk.glp_create_prob()
        glpk.glp_add_cols(self.model, len(problem.cells))
        for column, cell in enumerate(problem.cells, 1):
            glpk.glp_set_col_kind(self.model, column, glpk.GLP_IV)
            low, high = self._known(cell, hidden, by_words)
            kind = glpk.GLP_FX if low == high else glpk.GLP_DB
            glpk.glp_set_col_bnds(self.model, column, kind, low, high)
        for relation in problem.relations:
            self._know(relation)

    def _known(self, cell, hidden, by_words) -> tuple[float, float]:
        if cell.part is not Part.LATENT and cell.name not in hidden:
            return cell.value, cell.value
        if by_words and cell.part is Part.PRIMARY and cell.name not in self.unnamed:
            return (0.0 if cell.zero_hidden else 1.0), cell.threshold - 1
        if by_words and cell.part is Part.OPEN and not self.unnamed:
            return min(cell.threshold, cell.value), self.problem.reach
        return 0.0, self.problem.reach

    def _know(self, relation) -> None:
        row = glpk.glp_add_rows(self.model, 1)
        exact = relation.low == relation.high
        if exact:
            glpk.glp_set_row_bnds(self.model, row, glpk.GLP_FX, relation.low, relation.low)
        elif relation.low == -float("inf"):
            glpk.glp_set_row_bnds(self.model, row, glpk.GLP_UP, 0.0, relation.high)
        elif relation.high == float("inf"):
            glpk.glp_set_row_bnds(self.model, row, glpk.GLP_LO, relation.low, 0.0)
        else:
            glpk.glp_set_row_bnds(self.model, row, glpk.GLP_DB, relation.low, relation.high)
        count = len(relation.terms)
        places, numbers = glpk.intArray(count + 1), glpk.doubleArray(count + 1)
        for i, (name, coefficient) in enumerate(relation.terms.items(), 1):
            places[i] = self.problem.index[name] + 1
            numbers[i] = float(coefficient)
        glpk.glp_set_mat_row(self.model, row, count, places, numbers)

    def ends(self, name: str) -> tuple[float, float]:
        """The least and the largest whole number that the cell can be."""
        column = self.problem.index[name] + 1
        found = []
        for direction in (glpk.GLP_MIN, glpk.GLP_MAX):
            glpk.glp_set_obj_dir(self.model, direction)
            glpk.glp_set_obj_coef(self.model, column, 1.0)
            settings = glpk.glp_iocp()
            glpk.glp_init_iocp(settings)
            settings.presolve = glpk.GLP_ON
            assert glpk.glp_intopt(self.model, settings) == 0
            assert glpk.glp_mip_status(self.model) == glpk.GLP_OPT
            found.append(glpk.glp_mip_obj_val(self.model))
            glpk.glp_set_obj_coef(self.model, column, 0.0)
        return found[0], found[1]

    def __del__(self) -> None:
        glpk.glp_delete_prob(self.model)
