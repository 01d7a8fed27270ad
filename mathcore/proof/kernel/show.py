"""A polynomial of the kernel as readable text: for conditions and residuals, never parsed again."""

from __future__ import annotations

from fractions import Fraction

from mathcore.language.tree import Add, Expr, Index, Mul, Neg, Pow, Sub, Symbol, number
from mathcore.proof.kernel.polynomial import Atom, Poly


def show(p: Poly, limit: int = 400) -> str:
    """`2 x[i] - exp(z)`; long polynomials are cut."""
    terms = []
    for m, c in p.sorted():
        above = [_power(a, e) for a, e in m if e > 0]
        below = [_power(a, -e) for a, e in m if e < 0]
        size = abs(c)
        front = ([str(size)] if size != 1 or not above else []) + above
        text = " ".join(front) + (f" / ({' '.join(below)})" if below else "")
        terms.append(("- " if c < 0 else "+ ") + text)
    text = " ".join(terms) or "0"
    text = text[2:] if text.startswith("+ ") else text
    return text if len(text) <= limit else text[: limit - 4] + " ..."


def _power(atom: Atom, exponent: Fraction) -> str:
    if atom.kind == "exp":
        inner: Poly = atom.parts[0]  # type: ignore[assignment]  # a monomial
        return f"exp({show(inner.scale(exponent))})"
    text = _atom(atom)
    return text if exponent == 1 else f"{text}^{exponent if exponent.denominator == 1 else f'({exponent})'}"


def _name(index: object) -> str:
    if isinstance(index, Symbol):
        if index.name.startswith("#"):
            depth, place = index.name[1:].split("~")[0].split(".")
            return "klmnabcd"[(int(depth) - 1 + int(place)) % 8]
        return index.name.split("~")[0]
    return show(index) if isinstance(index, Poly) else str(index)


def _atom(atom: Atom) -> str:
    parts = atom.parts
    if atom.kind == "symbol":
        return _name(parts[0])
    if atom.kind == "entry":
        return f"{_name(parts[0])}[{', '.join(_name(i) for i in parts[1:])}]"
    if atom.kind == "den":
        return f"({show(parts[0])})"  # type: ignore[arg-type]  # a polynomial
    if atom.kind == "power":
        return f"({show(parts[0])})^({show(parts[1])})"  # type: ignore[arg-type]  # polynomials
    if atom.kind == "sum":
        from mathcore.proof.kernel.polynomial import ONE

        return f"sum({', '.join(_name(b) for b in parts[0])}: {show(Poly({parts[1]: ONE}))})"  # type: ignore[attr-defined, dict-item]  # symbols and a monomial
    if atom.kind in ("range", "prod", "bigmax", "limit"):
        word = {"range": "sum", "bigmax": "max", "limit": "lim"}.get(atom.kind, atom.kind)
        return f"{word}({_name(parts[0])}: {show(parts[1])})"  # type: ignore[arg-type]  # a polynomial
    if atom.kind == "partial":
        return f"D({parts[0]}({show(parts[2])}), {_name(parts[3])})"  # type: ignore[arg-type]  # a polynomial
    if atom.kind == "constant":
        return str(parts[0])
    if atom.kind in ("log", "abs", "max", "min"):
        return f"{atom.kind}({', '.join(show(p) for p in parts)})"  # type: ignore[arg-type]  # polynomials
    if atom.kind == "prime":
        return str(parts[0])
    if atom.kind == "apply":
        return f"{parts[0]}({', '.join(show(a) if isinstance(a, Poly) else show(a[1]) for a in parts[1:])})"  # type: ignore[index]  # arrays are pairs
    return f"{atom.kind}({', '.join(_name(p) for p in parts)})"


def tree_of(p: Poly) -> Expr | None:
    """A polynomial in symbols and entries with whole powers as a tree again; None for anything else."""
    total: Expr | None = None
    for m, c in p.sorted():
        term: Expr | None = number(abs(c)) if abs(c) != 1 or not m else None
        for atom, exponent in m:
            if atom.kind not in ("symbol", "entry") or exponent.denominator != 1 or exponent < 0:
                return None
            base, *indices = atom.parts
            if not all(isinstance(i, Symbol) for i in indices):
                return None
            factor: Expr = Index(base, tuple(indices)) if indices else base  # type: ignore[arg-type, assignment]  # symbols
            factor = factor if exponent == 1 else Pow(factor, number(exponent))
            term = factor if term is None else Mul(term, factor)
        assert term is not None
        if total is None:
            total = term if c > 0 else Neg(term)
        else:
            total = Add(total, term) if c > 0 else Sub(total, term)
    return total if total is not None else number(0)
