"""A contract import-linter does not have: no circle of imports from module to module. See pyproject.toml."""

from graphlib import CycleError, TopologicalSorter

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class NoCircle(Contract):
    """Holds for every module but tests, and for imports the type checker alone sees."""

    type_name = "no_circle"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        modules = {module for module in graph.modules if ".tests" not in module}
        imported = {module: graph.find_modules_directly_imported_by(module) & modules for module in modules}
        try:
            TopologicalSorter(imported).prepare()
        except CycleError as error:
            return ContractCheck(kept=False, metadata={"circle": error.args[1]})
        return ContractCheck(kept=True)

    def render_broken_contract(self, check: ContractCheck) -> None:
        output.print_error(" is imported by\n".join(check.metadata["circle"]))
