"""The list of trusted files: none is missing, each exists, and none of them asks the search."""

import ast

from mathcore.proof.trusted import ASKED, FILES
from tests.proof.trusted import PACKAGE, lines

SEARCHING = (
    "mathcore.proof.prover",
    "mathcore.proof.omitted",
    "mathcore.proof.slips",
    "mathcore.proof.lines",
    "mathcore.proof.derive",
    "mathcore.proof.vacuous",
)


def imports(name: str) -> set[str]:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return found | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


def test_every_file_exists_and_the_rooms_are_whole() -> None:
    assert all(lines(name) > 0 for name in (*FILES, *ASKED)) and not FILES.keys() & ASKED
    rooms = {
        path.relative_to(PACKAGE).as_posix()
        for room in ("proof/kernel", "proof/rules")
        for path in (PACKAGE / room).glob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 1
    }
    assert rooms == {name for name in FILES if name.startswith(("proof/kernel/", "proof/rules/"))}


def test_no_step_of_a_card_rests_on_what_takes_questions_apart() -> None:
    asked = {f"mathcore.{name.removesuffix('.py').replace('/', '.')}" for name in ASKED} - {"mathcore.proof.ties"}
    for name in FILES:
        if name.endswith(".py"):
            assert not imports(name) & asked, name


def test_neither_the_kernel_nor_a_checker_asks_the_search() -> None:
    for name in FILES:
        if name.startswith(("proof/kernel/", "proof/rules/", "language/", "proof/checking")) and name.endswith(".py"):
            assert not [i for i in imports(name) if i.startswith(SEARCHING)], name


def test_what_a_trusted_file_of_the_room_imports_is_trusted_or_may_only_refute() -> None:
    reached = {
        f"{i.replace('.', '/').removeprefix('mathcore/')}" for name in FILES if name.endswith(".py") for i in imports(name)
    }
    beside = {name.rpartition("/")[0] + "/" for name in FILES}
    untrusted = {
        i for i in reached
        if i.startswith("proof/") and f"{i}.py" not in FILES and f"{i}/__init__.py" not in FILES and f"{i}/" not in beside
    }  # fmt: skip
    assert untrusted == {
        "proof/at_points",  # may only refute
        "proof/deadline",  # ends what takes too long
        "proof/faults",  # words for what fails
        "proof/omitted",  # proposes a rule, which is then checked
    }  # fmt: skip


def test_nothing_in_the_proof_room_is_told_apart_by_a_text_that_names_its_kind() -> None:
    trees = [
        ast.parse(path.read_text(encoding="utf-8")) for room in ("proof", "rules") for path in (PACKAGE / room).rglob("*.py")
    ]
    sides = [
        side
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
    ]
    assert len(sides) > 1000 and not [side for side in sides if isinstance(side, ast.Attribute) and side.attr == "kind"]
