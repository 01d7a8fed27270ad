# ruff: noqa: E501  # a bug is one line
"""Plausible bugs planted one by one in a copy of the engine: `python -m tests.proof.seeded_bugs [--only WORD] [--every K]`.

Each bug is a small change of one function's text, of the kind that a tired person makes. The fast part of the tests of the
proof room runs against the copy and has to fail; the table says which test failed first. A bug whose text is not in the
engine any more is STALE, and that is a failure too: it has to be planted anew. The copy without a bug has to pass.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("mathcore",)  # where a bug may be planted
FAST = (
    "tests/proof/test_kernel.py", "tests/proof/test_atom.py", "tests/proof/test_signs.py", "tests/proof/test_scope.py", "tests/proof/test_attacks.py",
    "tests/proof/test_rules_algebra.py", "tests/proof/test_rules_order.py", "tests/proof/test_rules_cases.py",
    "tests/proof/test_rules_sequences.py", "tests/proof/test_rules_limits.py", "tests/proof/test_rules_equivalence.py",
    "tests/language/test_substitution.py", "tests/proof/balls", "tests/proof/test_at_points.py", "tests/proof/test_derive.py",
    "tests/proof/test_rules_expansion.py", "tests/proof/test_numbered_limits.py", "tests/proof/prover/test_limits.py",
    "tests/proof/prover/test_given.py", "tests/proof/prover/test_assumptions.py", "tests/proof/prover/test_parts.py",
    "tests/proof/prover/test_search.py", "tests/proof/prover/test_smt.py", "tests/conformance/test_exact.py",
    "tests/proof/test_let_through.py",
)  # fmt: skip
REPLAY = (
    "tests/proof/replay/test_forging.py",
    "tests/proof/replay/test_forms.py",
)  # for bugs of the replayer, which shares nothing
TIMEOUT = 600
CLOCKS = "not tens_of_milliseconds"  # a slow machine is no bug


class Stale(Exception):
    """The text of a bug is not in the engine, or not once."""


@dataclass(frozen=True)
class Bug:
    """In the function `where` (anywhere in PLACES; "": outside of functions) `old` becomes `new`."""

    name: str
    where: str
    old: str
    new: str


BUGS = (
    # what sympy assumes
    Bug("assumed: what the language has no word for is dropped", "_nothing_else", "    if rest:", "    if False:"),
    Bug("assumed: products need not commute, and do", "_joined", 'if facts.get("commutative") is False:', "if False:"),
    Bug("assumed: an integer of either sign is not negative", "_integers", 'sign in ("", "nonzero", "negative", "nonpositive")', 'sign in ("negative", "nonpositive")'),
    Bug("assumed: an even number is any integer", "_integers", 'step = 2 if known.get("even") else 1', "step = 1"),
    Bug("assumed: a negative number is any real number", "read_number", 'return (Reading("real", AGAINST_ZERO[sign]),)', 'return (Reading("real"),)'),
    Bug("assumed: entries that are negative are any real numbers", "read_entries", 'else Reading("real", AGAINST_ZERO[sign])', 'else Reading("real")'),
    Bug("assumed: the letter of a sum may be even", "require_whole", "    if rest:", "    if False:"),
    Bug("assumed: an Idx that counts from 0 counts from 1", "_ranges", "if idx.lower == 0 else set()", "if False else set()"),
    Bug("assumed: a symbol named pi is the number", "__init__", ' or plain == "pi"', ""),
    Bug("assumed: an opposite sign of domain and assumption is overlooked", "_joined", "if all(facts.get(k, v) is v for k, v in declared.items()):", "if True:"),
    # letters and indices
    Bug("assuming: a case is known of every letter, not of its own", "assuming", "hypotheses=(*self.hypotheses, *formulas), fixed=fixed", "hypotheses=(*self.hypotheses, *formulas)"),
    Bug("a size is replaced, and its places stay as they were", "check_places", "if any(any(_is_place(s, size) for s in p.free) or _counts_places(size, p) for p in forms):", "if False:"),
    Bug("capture: a bound letter keeps its name in a substitution", "_substitute", "{s: fresh(retyped(s, mapping)) for s in bound}", "{s: retyped(s, mapping) for s in bound}"),
    Bug("capture: a derivative is taken by the letter that is put in, whatever else holds it", "_substitute_derivative", "if letter is not None and not any(letter in free_symbols(other) for other in others):", "if letter is not None:"),
    Bug("capture: what is put in varies with the letter by which is differentiated", "_substitute_derivative", "for s in free_symbols(node) if s != base", "for s in free_symbols(node.variable) if s != base"),
    Bug("capture: a derivative by the variable is one by what is put in", "_substitute_derivative", "inner = {**mapping, base: free}", "inner = {**mapping, base: place}"),
    Bug("capture: the letters of `vector` keep their names", "_substitute", "    if bound:\n", '    if bound and not (isinstance(node, Big) and node.op == "vector"):\n'),
    Bug("capture: the variable of a limit is replaced", "_substitute", "{s: t for s, t in mapping.items() if s not in new} | new", "{**new, **mapping}"),
    Bug("capture: a part is replaced also where its letters are bound", "with_part", "if letters & (free_symbols(part) | free_symbols(value)):", "if False:"),
    Bug("the point of a limit is read inside the limit", "_substitute", "Limit(new[node.variable], _substitute(node.point, mapping)", "Limit(new[node.variable], _substitute(node.point, inner)"),
    Bug("the values of `at` are read inside it", "_substitute", "tuple(_substitute(v, mapping) for v in node.values)", "tuple(_substitute(v, inner) for v in node.values)"),
    Bug("the size in the declaration of an array is not replaced", "retyped", "tuple(_substitute(size, mapping) for size in kind.shape)", "kind.shape"),
    Bug("the size over which an index runs is not replaced", "retyped", "None if kind.over is None else _substitute(kind.over, mapping)", "kind.over"),
    Bug("the kernel replaces the bound letter of a limit", "rebuild", "{**mapping, atom.variable: self.symbol(new)})", "{atom.variable: self.symbol(new), **mapping})"),
    Bug("the kernel keeps the conditions of `at` about the letter, not about its value", "_read_at", "self.require(there, ", "self.require(one.value, "),
    Bug("an instance of a function varies with what the claim binds", "_with_instance", "held = {s: t.fresh(s) for s in free}", "held = {s: s for s in free}"),
    Bug("(sum)^2 opened with one bound index", "open", "fresh = {n: t.fresh(n) for n in atom.binders}", "fresh = {n: n for n in atom.binders}"),
    Bug("(sum)^2 under a sum opened as one copy", "_sum_monomial", "for _ in range(int(exponent)):", "for _ in range(1):"),
    Bug("delta puts the bound index in the place of the free one", "_sum_monomial", "self.substitute(others, {one: other})", "self.substitute(others, {other: one})"),
    Bug("delta of indices of different sizes", "delta", "t.size_of(i) != t.size_of(j)", "False"),
    Bug("delta(k, 3) summed is 1 also where there is no entry 3", "require_place", "if isinstance(place, int):", "if False:"),
    Bug("a sum of 1 is 1", "_components", "self.size(members[0])", "UNIT"),
    Bug("X[i, j] is X[j, i]", "__new__", "'; '.join(shown)", "'; '.join(sorted(shown))"),
    Bug("an index and a number of one name are one", "symbol_key", "{symbol.name}:{kind.domain}[{shape}|{over}]", "{symbol.name}"),
    Bug("factors that depend on a bound index move out of the sum", "_sum_monomial", "not any(b in a.free for b in binders)", "not all(b in a.free for b in binders)"),
    # powers, roots, logarithms, divisors
    Bug("sqrt(x^2) = x", "_with_squares_rooted", "of(Absolute(of(atom)), exponent * value)", "of(atom, exponent * value)"),
    Bug("abs(x) = x", "absolute", "known = self.facts.nonnegative(of(atom)) or exponent % 2 == 0", "known = True"),
    Bug("0^t = 0", "_symbolic_power", "if not whole(exponent):", "if not base:\n            return ZERO\n        if not whole(exponent):"),
    Bug("log of a product splits whatever the signs", "log", "lambda a: self.facts.positive(of(a))", "lambda _: True"),
    Bug("log of anything", "_read_call", 'self.require(args[0], ">", f"{node.name} of a positive number")', "pass"),
    Bug("a divisor leaves no condition", "inverse", 'self.require(factor, "!=")', "pass"),
    Bug("a single factor leaves no condition when it is divided by", "inverse", 'self.require(of(atom), "!=")', "pass"),
    Bug("something that may be 0 is cancelled in a hypothesis", "quotient", "if any(e < 0 and a not in divided and not self.facts.nonzero(of(a)) for a, e in result):", "if False:"),
    Bug("a root of anything", "_root", "if primitive != UNIT and not self.facts.nonnegative(primitive):", "if False:"),
    Bug("exp forgets the coefficient", "exp", "factors.append((Exp(Poly({m: Fraction(1)})), c))", "factors.append((Exp(Poly({m: Fraction(1)})), Fraction(1)))"),
    Bug("x / (1 + 2 x) eliminated without the 2", "_eliminate", ".scale(1 / c1)", ""),
    Bug("an atom that occurs twice in a divisor is eliminated", "_linear_atom", "if with_it == [((atom, Fraction(1)),)]:", "if ((atom, Fraction(1)),) in with_it:"),
    Bug("x log(x) is read as if x were positive, whatever its sign", "_guards", " and self.facts.nonnegative(of(a))", ""),
    Bug("a logarithm that hides a division is guarded", "_guarded", "self._read_inside(part)", "part"),
    Bug("a logarithm that may jump is guarded", "_guarded", "return self.read(factor)  #", "pass  #"),
    Bug("min is read as max", "extreme", 'sign = 1 if name == "max" else -1', "sign = 1"),
    Bug("a constant factor of a product counts once", "product", "self.raise_to(number(c), self.size(index))", "number(c)"),
    # ranges
    Bug("a..b has b - a terms", "range_sum", "length = high - low + UNIT", "length = high - low"),
    Bug("a range may have a negative number of terms", "range_sum", 'self.require(length, ">=", elsewhere=True)', "pass"),
    Bug("an empty sum in a hypothesis is what it is elsewhere", "_has_read", " or elsewhere else values", " else values"),
    Bug("what an attempt asked for is lost where it counts", "include", "            self._ask(condition)", "            pass"),
    Bug("a hypothesis both sides of which are infinite says something", "_has_read", "infinite > 1 or ", ""),
    Bug("an equation has no conditions of its own where one follows from it", "take", "while pending := [key for key in normal.conditions if key not in taken]:", "for pending in [list(normal.conditions)]:"),
    Bug("replay: a hypothesis both sides of which are infinite says something", "_take", "if infinite > 1:", "if False:"),
    Bug("what is declared of a letter holds of the letter of a range", "counting", "max(int(least), 0)", "max(int(least), new.type.minimum)"),
    Bug("infinite terms of either sign have a sum", "sum_over", "if all(normal.conditions for normal in readers):", "if False:"),
    Bug("an equality of what is infinite on both sides has an equality case", "relate", "if scope.infinite(*relation.args):", "if False:"),
    Bug("a limit inside an expression is a number", "_read_limit", "if whole is not node:", "if False:"),
    Bug("a limit inside a limit is a number", "value_of", "if any(isinstance(n, t.Limit) for n in t.walk(core.body)):", "if False:"),
    Bug("a ratio may be another one at every step", "ratio_of", "if node.variable in ratio.free:", "if False:"),
    Bug("a change of variable asks for no domain", "substitute", "for limit in (old, new):", "for limit in ():"),
    Bug("replay: an empty sum in a hypothesis is what it is elsewhere", "_take", "    if forms.elsewhere:", "    if False:"),
    # signs
    Bug("natural numbers start at 1", "", '"natural": (0, True, None, False)', '"natural": (1, True, None, False)'),
    Bug("what is >= 0 is > 0", "_sign_by_kind", "low > 0 or not attained", "low >= 0"),
    Bug("every whole power is >= 0", "_sign_of_power", "if exponent.denominator == 1 and exponent % 2 == 0:", "if exponent.denominator == 1:"),
    Bug("a negative coefficient is forgotten", "_sign_of_term", "if c < 0:", "if False:"),
    Bug("a weak hypothesis gives a strict sign", "_combined", "(fact.strict and ", "(True and "),
    Bug("a derivative is taken at the end of an interval", "around", "[f for f in self.known if variable not in f.value.free or (f.strict and lasts(f.value))]", "self.known"),
    Bug("what jumps is not 0 all around", "around", "{p: sources for p, sources in self.apart.items() if lasts(p)}", "self.apart"),
    # derivatives
    Bug("the product rule forgets the other factors", "derivative", "others = [f for i, f in enumerate(m) if i != place]", "others = []"),
    Bug("the derivative of a power forgets the exponent", "_derivative_of_atom", "of(atom, exponent - 1).scale(exponent)", "of(atom, exponent - 1)"),
    Bug("the chain rule is forgotten in a logarithm", "_derivative_of_atom", "self.multiply(self.derivative(atom.argument, base, indices), self.inverse(atom.argument))", "self.inverse(atom.argument)"),
    Bug("D(x[i], x[j]) = 1", "_derivative_of_atom", "inner = self.multiply(inner, self._at_one_place(mine, other))", "inner = inner"),
    Bug("D(F[0], F[3]) = 1", "_at_one_place", "return ZERO if gap else UNIT", "return UNIT"),
    Bug("a root has a derivative at 0", "_derivative_of_atom", "if 0 < exponent < 1:", "if False:"),
    # hypotheses, lemmas, arguments
    Bug("a hypothesis about one index is used for every index", "loose", " - self.spoken()", ""),
    Bug("a hypothesis is used for the indices that it excludes", "narrowed", "return bool(about & self.loose(hypothesis))", "return False"),
    Bug("a hypothesis is put in before differentiating", "_rewrite", "local = (t.Derivative, t.Limit, t.At)", "local = ()"),
    Bug("a case x = y is put in before differentiating", "split", "and not local and", "and"),
    Bug("what is put in the place of a letter may lie outside its domain", "_read_at", "self._require_domain(target, value, entry)", "pass"),
    Bug("a lemma's arguments may lie outside their domains", "_check_arguments", "self.require_domain(mapping[symbol], retyped(symbol, others).type)", "pass"),
    Bug("a lemma's hypotheses are not asked for", "_require_hypothesis", "own = {s: t.fresh(s) for s in every}", "return\n        own = {s: t.fresh(s) for s in every}"),
    Bug("a lemma asks for its hypotheses as they were written, not as they were read", "cited", "return opened.context, opened.claim", "return derivation.context(card), opened.claim"),
    Bug("a lemma's premise is not asked for", "lemma", "scope.require_relation(a, rel, b)", "pass"),
    Bug("a lemma may rest on itself", "cited", "if label in scope.path:", "if False:"),
    # how hypotheses are read
    Bug("a definition is about the entry that the claim names", "every", "return found | frozenset(definition.letters)", "return found"),
    Bug("k != j is dropped from what is meant for every k but j", "narrows", "return bool(self.every(place) & about)", "return False"),
    Bug("a tie of two entries is a tie of all", "_is_tie", "return any(self._is_one_of(term, terms[:k]", "return False and any(self._is_one_of(term, terms[:k]"),
    Bug("an index of one part of a claim is every index in the others", "reading", "if any(s in free for free in self.free))", "if False)"),
    Bug("a letter that only a definition's value names is every one", "_tell_letters_apart", "- frozenset(found.letters)", "- t.free_symbols(self.context.unfold(found.value))"),
    Bug("one of two readings is enough", "of_two", '    told = "; ".join', '    return every\n    told = "; ".join'),
    Bug("a point without such indices is a counterexample", "is_somewhere", "return all(any(", "return True or all(any("),
    Bug("what is defined goes into a parameter of its name", "_put", "d if d.parameters else replace(", "replace("),
    Bug("what a derivative is taken by is replaced", "_is_moved", "isinstance(n, t.Derivative) and symbol in", "False and symbol in"),
    Bug("what holds of every k but j holds of j", "_but_for_one", "t.Mul(same, t.Paren(at_j))", "t.number(0)"),
    Bug("a function need not keep the hypotheses everywhere", "_keeps", "except FAILS:\n            return False", "except FAILS:\n            continue"),
    Bug("a hypothesis about a function is used outside of its premise", "_shown", "scope.require_relation(left, op, right)", "pass"),
    Bug("a hypothesis about a function is used outside of its domain", "_shown", "scope.require_domain(value, letter.type)", "pass"),
    Bug("replay: a letter that is one is every one", "given", " | context.fixed", ""),
    # inequalities
    Bug("the first few weights are all of them", "_weighs", "and k.type.over == w.symbol.type.shape[-1]", "and True"),
    Bug("a function that jumps at an end is judged by its slope", "_slope", "and Step in a.kinds() for", "and False for"),
    Bug("a hypothesis that jumps holds all around", "_is_open", " and all(_varies(a, letter) for a in core.args)", ""),
    Bug("a squeeze asks for nothing that its value needs", "squeeze", "has another limit\")\n            scope.take(normal)", "has another limit\")"),
    Bug("0^0 by a number in a real exponent", "in_real_exponent", "and not is_whole(n.exponent)", "and False"),
    Bug("the weights of a certificate may be negative", "term_of", "if not nonnegative(normal, weight_tree):", "if False:"),
    Bug("a certificate gives < without a positive term", "certificate", 'if op in ("<", ">") and not strict:', "if False:"),
    Bug("an inequality is multiplied by anything", "_proportional", "not positive or normal.facts.positive(w)", "True"),
    Bug("an inequality is used as an equation", "follows", 'if rel != "=":', "if False:"),
    Bug("<= gives <", "follows", '(op in ("<", ">", "!=") and rel not in ("<", ">"))', '(op == "!=" and rel not in ("<", ">"))'),
    Bug("<= gives !=", "follows", '(op in ("<", ">", "!=") and rel not in ("<", ">"))', '(op in ("<", ">") and rel not in ("<", ">"))'),
    Bug("sums of terms that differ differ", "sum_over", 'expect(op, "=", *UP, *DOWN)', "pass"),
    Bug("a falling function keeps the order", "monotone", "outer = inner_op if rising else {", "outer = inner_op if True else {"),
    Bug("the sign of a derivative rests on a hypothesis about its variable", "monotone", "own = own.without(x)", "own = own"),
    Bug("a function is least where its gradient is not 0", "stationary", "if not bound.vanishes(along, tied, hypotheses=True):", "if False:"),
    Bug("a function that is not convex is least where its gradient is 0", "_psd", "if not normal.facts.nonnegative(second):", "if False:"),
    # cases, zeros, maxima
    Bug("the cases need not cover the domain", "_covers", "if not any(all(pattern[i] in signs for i, signs in case) for case in cases):", "if False:"),
    Bug("inf - inf is hidden in a sum", "infinity", "if not scope.asked(lambda normal, weight=weight: normal.facts.nonnegative(-weight)):", "if False:"),
    Bug("the smaller side may be infinite", "_support_of_arrays", 'if smaller != "finite":', "if False:"),
    Bug("one m for the maxima of all rows", "_stands_in", "return any(isinstance(n, t.Big) and t.same(n, big) for n in t.walk(node))", "return False"),
    # sequences and limits
    Bug("induction without a start", "telescope", "if not normal.is_zero(at_start - first):", "if False:"),
    Bug("induction where every term depends on the end", "telescope", "if upper in body.free:", "if False:"),
    Bug("r^t -> 0 for |r| <= 1", "geometric", "normal.facts.positive(UNIT - ratio) and normal.facts.positive(UNIT + ratio)", "normal.facts.nonnegative(UNIT - ratio) and normal.facts.nonnegative(UNIT + ratio)"),
    Bug("1 / x tends to inf from both sides", "positive_near", "return self.above and self.scope.asked(positive)", "return self.scope.asked(positive)"),
    # induction, growth, batches, matrices
    Bug("induction shows the step from t to t", "induction", "t.Paren(t.Add(now, t.number(1)))", "t.Paren(now)"),
    Bug("limits: of two sizes the smaller is called the larger", "compare", "self.sign_of(self.times(a, self.to(b, number(-1))))", "self.sign_of(self.times(b, self.to(a, number(-1))))"),
    Bug("limits: equal sizes are taken for a smaller one", "_limit", "if order < 0:", "if order <= 0:"),
    Bug("limits: what is cut off is nothing", "series", "return self.made(result.terms, self.larger(result.rest, self.to(bound, number(self.order))))", "return result"),
    Bug("limits: one side stands for both", "_value", 'else ["+", "-"]', 'else ["+"]'),
    Bug("limits: what the body needs near the point is forgotten", "_limit", " and not expanding.eventually(condition.value, condition.relation):", " and False:"),
    Bug("limits: the logarithm of something negative", "log", "if self.sign(coefficient) < 0:", "if False:"),
    Bug("limits: b^n -> 0 for |b| <= 1", "of_constant_base", "(sign_of_number(gap) or 0) > 0", "(sign_of_number(gap) or 0) >= 0"),
    Bug("limits: what is seen on the way refutes", "_limit", "if told.word is Word.DIFFERS and look.certain:", "if look.near is False:"),
    Bug("limits: the kernel alone refutes", "_part", " or not _confirmed(part, found, seconds)", ""),
    Bug("limits: where neither side has a value they differ", "judged", "if one.value is None and not _is_one_limit(found):", "if False:"),
    Bug("limits: the even numbers stand for all", "_ways", "for start in (0, 1):", "for start in (0,):"),
    Bug("limits: the sides are both asked where a hypothesis excludes one", "_part", "if not all(isinstance(h, t.Relation) and _kept(part, h, side) for h in one.hypotheses):", "if False:"),
    Bug("balls: a hypothesis that holds to 50 digits holds", "certain", "if outcome in (TRUE, TIGHT) or", "if outcome in (TRUE, TIGHT, CLOSE) or"),
    Bug("two samples of a batch are drawn one by one, with replacement", "_share", "drawn - UNIT, self.inverse(total - UNIT)", "drawn, self.inverse(total)"),
    Bug("an index lies below its size", "_facts_of_count", "yield Fact(last - of(atom), False)", "yield Fact(last - of(atom), True)"),
    Bug("a maximum is >= each entry, and so is a sum of anything", "_each_below_sum", "if sign:", "if True:"),
    Bug("a number of unknown sign leaves a maximum", "big_extreme", "and self.facts.nonnegative(of(a))", "and True"),
    Bug("a real power of anything", "_read_pow", "if not (settled or is_whole(node.exponent)):", "if False:"),
    Bug("the unit step has a derivative at 0", "_derivative_of_atom", 'self.require(atom.argument, "!=", "the unit step has no derivative at 0")', "pass"),
    # the decider
    Bug("z3: what is divided by is not asked for", "require", "if self.asked is not None:", "if False:"),
    Bug("z3: a root may be negative", "root", 'f"(assert (>= {r} 0.0))", ', ""),
    Bug("z3: strict relations are weak", "relation", "if op == '!=' else op}", "if op == '!=' else op.replace('>', '>=').replace('==', '=')}"),
    Bug("z3: a hypothesis about the index of the claim is about every index", "translated", "t.free_symbols(h) - spoken if counts(s)", "t.free_symbols(h) if counts(s)"),
    Bug("z3: its points refute without the balls", "_confirmed", "if judged in (FALSE, ONE_SIDED)", "if True"),
    # the replayer
    Bug("replay: anything stands for a size", "_is_size", 'return isinstance(node, t.Symbol) and node.type.domain == "size" and node.type.minimum >= least', "return True"),
    Bug("replay: a size may be smaller than a lemma asks for", "arguments", "if not _is_size(actual, size.type.minimum):", "if not _is_size(actual, 1):"),
    Bug("replay: the sizes of arguments need not agree", "arguments", 'raise Bad(f"{symbol.name} of the lemma has another size than the other arguments")', "pass"),
    Bug("replay: any letter may be taken to be positive", "supported", 'if symbol is None or symbol.type.domain not in ((*ENDED, "onehot") if above else ("unit",)):', "if symbol is None:"),
    Bug("replay: inside means wherever it is defined", "inside", "return None", "continue"),
    Bug("replay: nothing need lie inside", "_claim", "if inner and not _witnessed(within", "if False and not _witnessed(within"),
    Bug("replay: a weak lemma gives a strong step", "_step", "if weakest is None or ORDER.index(weakest.outcome) <= ORDER.index(step.outcome):", "if True:"),
    Bug("replay: a lemma shown inside only is used at the ends", "lemma", "if inner and symbol.type.domain in ENDED:", "if False:"),
    Bug("replay: a hypothesis behind the variable of a function", "of_variable", ' or ";" in text', ""),
    Bug("replay: an identity holds where its sides are undefined", "transferred", "shown = defined(env, left, right)", "shown = Shown()"),
    Bug("replay: what holds from 5 on holds from 0 on", "one_of", " and a.minimum >= b.minimum", ""),
    Bug("replay: a step from 5 on is one from 0 on", "_may_be", 'return every.type.domain != "natural" or', 'return True or'),
    Bug("replay: sums over different sizes are compared term by term", "_sum_over", "if side.binders[0].symbol.type.over != name.type.over:", "if False:"),
    Bug("replay: the cases need not cover the domain", "_cover", 'raise Outside("the cases do not cover the domain")', "pass"),
    Bug("replay: the larger side of squares may be negative", "_squared", "if not _sign(own, forms, forms.read(b), False):", "if False:"),
    Bug("replay: weights may be negative", "_certificate", "        if not sign:", "        if False:"),
    Bug("replay: lemmas in a circle", "_claim", "if lemma not in found:", "if False:"),
    # hypotheses about one letter and about some, cases, ends
    Bug("what is said of one letter of a claim is said of every one in a part that lacks it", "speaking_of", "context.fixed | frozenset(filter(counts, mine))", "context.fixed"),
    Bug("a slack is shown beside less than the claim", "_besides", "t.And((scope.subject, relation))", "relation"),
    Bug("a lemma for every index rests on what is said of some", "_is_said", "if not self.narrowed(mine) and any(", "if any("),
    Bug("a condition about a letter that a rule binds is left to the claim", "include", "if letter in condition.value.free:", "if False:"),
    Bug("a false claim is false in one reading", "judge_false_claim", "if verdict.counterexample and wide.widened:", "if False:"),
    Bug("a letter of a hypothesis is captured by a sum of the line", "_without_captures", "if not letters & {s for n in nodes for s in t.bound_symbols(n)}:", "if True:"),
    Bug("unfolded logarithms may be inf - inf", "_require_defined", "if _has_one_sign(formal, node) else scope.normal()", ""),
    Bug("the sum that is 0 hides inf - inf", "relate", "infinity(formal, side)", "pass"),
    Bug("replay: a sum over an index that a hypothesis fixes", "_over", "spoken | env.context.fixed", "spoken"),
    Bug("replay: a derivative at the end of its domain", "derivative", '">" if relation == ">=" and base in symbols(p) else relation', "relation"),
    Bug("a derivative asks for >= where it needs >", "_read_derivative", 'self.require(edge.value, ">", edge.text', 'self.require(edge.value, ">=", edge.text'),
    Bug("a leader of some indices leads every one", "implications", "self.narrowed(hypothesis) or ", ""),
    Bug("a real power is followed to where its exponent is 0", "by_signs", " or in_real_exponent(node, x)", ""),
    Bug("a real power is followed to where its exponent comes out as a number", "where_one", "if in_real_exponent(context.unfold(claim), base):", "if False:"),
    Bug("the root of the square of a sum is the sum", "_with_squares_rooted", "root = factor if times % 2 else self.absolute(factor)", "root = factor"),
    Bug("the diagonal of rows that sum to 1 has a positive entry", "_weighs", "and k not in w.indices[:-1]", "and True"),
    Bug("what is at least 0 times something positive is positive", "_above_strict", "min(ratios) > 0", "min(ratios) >= 0"),
    Bug("a sum is more than each summand, also of one", "_each_below", "over.type.minimum >= 2", "over.type.minimum >= 0"),
    Bug("b^E < 1 for b < 1, also where E is 0", "_powers", 'below == grows == "+"', 'below == "+"'),
    Bug("ranges that run backwards are made longer by a term", "_with_ends", "if not self.facts.nonnegative(shorter[1] - shorter[0] + UNIT):", "if False:"),
    Bug("a recurrence is used before it begins", "rewrite_sequence", " and normal.facts.nonnegative(at - UNIT.scale(every.type.minimum))", ""),
    Bug("a strict premise of a lemma is met by a weak relation", "require_relation", 'normal.facts.positive(gap) if op in ("<", ">") else normal.facts.nonnegative(gap)', "normal.facts.nonnegative(gap)"),
    Bug("c r^t tends to 0 exactly if |r| < 1, also for c = 0", "relate", "if not normal.facts.nonzero(factor):", "if False:"),
    Bug("|x| is written as (1 / x) x |x| when it is differentiated", "exact_quotient", "if any(dict(m).get(a, 0) < e for m in above.terms for a, e in one[0]):", "if False:"),
    Bug("a power that may divide is a polynomial", "_is_polynomial_in", " and is_natural(exponent, below)", ""),
    Bug("a sum over an empty range is less than another", "_one_range", 'if op in ("<", ">") and not normal.facts.nonnegative(high - low):', "if False:"),
    Bug("a slope with a double zero changes its sign there", "_turning", "if ratio and exponent == 1 and not found:", "if ratio and not found:"),
    Bug("c r^t tends to inf for r > 1, whatever c is", "geometric", "normal.facts.positive(ratio - UNIT) and normal.facts.positive(factor)", "normal.facts.positive(ratio - UNIT)"),
    Bug("a sequence starts where its recurrence does not", "_recurrence", "s.type.minimum <= time.type.minimum", "True"),
    Bug("what is said beyond a number is said of every index", "_is_condition", "return self._is_range(place, about)", "return False"),
    # derivations
    Bug("the steps may end elsewhere than the claim", "_composition", "if not t.same(chain[-1], end):", "if False:"),
    Bug("<= and >= compose", "composed", "if kinds <= {strict, weak}:", "if kinds & {strict, weak}:"),
    Bug("<= is taken for <", "implies", '("<", "<="),', '("<=", "<"),'),
    Bug("a condition that is left counts as shown", "judge_step", "if level is Level.PROVED and trace.conditions:", "if False:"),
    Bug("hypotheses need no witness", "_unconfirmed", "problem or unwitnessed(claim.context, claim.whole, instance=claim.instance)", "problem"),
    Bug("an equality that was tried in vain is named", "vanishes", "used.add(source)", "self.trace.hypotheses.add(source)"),
    # balls
    Bug("the power of a ball that holds 0 is nan", "_whole", "if a.__class__ is arb and not a.contains(0):", "if a.__class__ is arb:"),
    Bug("balls: 0^0 = 0", "power", "return empty if is_zero(a) else ONE", "return ZERO if is_zero(a) else ONE"),
    Bug("balls: undefined on one side is no refutation", "_extended", "return ONE_SIDED if x.known(a) and x.known(b) else UNKNOWN", "return SKIP"),
    Bug("balls: no point is enough", "at_points", "if found.points < wanted and ", "if False and "),
    Bug("balls: only n = 1..4", "big", "if not self.sizes:", "if True:"),
    Bug("balls: a strict relation holds where both sides agree", "_of_difference", 'else CLOSE if op == "<=" else TOUCHING', "else CLOSE"),
    Bug("balls: the product rule of dual numbers is half", "mul", "add(mul(a.part, b.value), mul(a.value, b.part))", "mul(a.part, b.value)"),
    Bug("balls: arrays hold no zeros and no ties", "entry", "edgy = style in", "edgy = False and style in"),
    # small points
    Bug("small points: what was made small is not checked again", "smallest", "if not shrinker.confirmed(found):", "if False:"),
    Bug("small points: a hypothesis is dropped on the way", "counts", " and self.sampler.certain(names)", ""),
    Bug("small points: a domain is left on the way", "counts", " and self.inside(names)", ""),
    Bug("small points: the claim may become true on the way", "counts", "self.false(names) and", "True and"),
    Bug("small points: a premise is taken to hold", "certain", " or any(p.decided(names, bound) == FALSE for p in self.premises[place])", ""),
    Bug("small points: equal indices come first", "size_of", "return together, sum(sizes)", "return -together, sum(sizes)"),
    Bug("small points: idle letters are told", "smallest", "found.only(shrinker.spoken)", "found"),
    Bug("small points: both sides look the same", "_apart", "if decimal(a, d) != decimal(b, d)", ""),
    # letters
    Bug("letters: an input may be called u beside a bound", "letters_of_bound", "if letter in inputs or letter in context.definitions:", "if False:"),
    Bug("letters: the unit roundoff is the card's u", "", 'ROUNDOFF, LARGEST, TINY, VALUE = "u~", "largest~", "tiny~", "y~"', 'ROUNDOFF, LARGEST, TINY, VALUE = "u", "largest~", "tiny~", "y"'),
    Bug("letters: a bound may speak of what the function is not given", "_over_inputs", "if strange := t.free_symbols(body)", "if strange := set() and t.free_symbols(body)"),
)  # fmt: skip


# planting ---------------------------------------------------------------------------------------------------


@cache
def texts(root: Path = ROOT) -> dict[Path, str]:
    """Every file where a bug may be planted, as it is without one."""
    found: list[Path] = []
    for place in PLACES:
        path = root / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return {path: path.read_text(encoding="utf-8") for path in found}


@cache
def functions(path: Path) -> tuple[tuple[str, int, int], ...]:
    """(name, first line, last line) of every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(
        (n.name, n.lineno, n.end_lineno or n.lineno)
        for n in ast.walk(tree)
        if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    )


def locate(bug: Bug, root: Path = ROOT) -> tuple[Path, int]:
    """The file and the position of the text; raises Stale if it is not found exactly once."""
    found: list[tuple[Path, int]] = []
    for path, text in texts(root).items():
        if bug.old not in text:
            continue
        starts = [0, *(m.end() for m in re.finditer("\n", text))]
        spans = [(starts[a - 1], starts[b] if b < len(starts) else len(text)) for n, a, b in functions(path) if n == bug.where]
        for start, end in spans if bug.where else [(0, len(text))]:
            found += [(path, start + m.start()) for m in re.finditer(re.escape(bug.old), text[start:end])]
    found = list(dict.fromkeys(found))
    if len(found) != 1:
        raise Stale(f"{bug.name}: {bug.old!r} stands {len(found)} times in functions named {bug.where!r}, not once")
    return found[0]


def planted(bug: Bug, root: Path = ROOT) -> tuple[Path, str]:
    """The file and its text with the bug."""
    path, place = locate(bug, root)
    text = path.read_text(encoding="utf-8")
    return path, text[:place] + bug.new + text[place + len(bug.old) :]


# running ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    bug: str
    detected_by: str  # the first test that failed; "" if none did
    seconds: float

    @property
    def row(self) -> str:
        return f"{self.bug[:70]:70}  {self.detected_by or 'NOT DETECTED':80.80}  {self.seconds:6.1f}"


def copied(directory: Path) -> Path:
    """The package and its tests, alone."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mathcore", directory / "mathcore", ignore=ignore)
    shutil.copytree(ROOT / "tests", directory / "tests", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", directory / "pyproject.toml")
    return directory


def suite(directory: Path, tests: Sequence[str] = FAST) -> str:
    """The first test that fails in the copy, or "" if all pass."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "--numprocesses=0",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore",
        "-k",
        CLOCKS,
        *tests,
    ]
    environment = os.environ | {
        "PYTHONPATH": str(directory),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MATHCORE_CACHE": str(directory / "cache"),
    }
    try:
        done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, encoding="utf-8", timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return "no test ends"
    if done.returncode == 0:
        return ""
    if done.returncode not in (1, 2):  # failed, or not imported
        raise RuntimeError(f"pytest ends with {done.returncode}: {done.stderr[-200:]}")
    found = re.search(r"^(?:FAILED|ERROR) (\S.*?)(?: - .*)?$", done.stdout, re.M)
    return found.group(1).removeprefix("tests/proof/") if found else "the tests cannot be imported"


def run(bugs: Sequence[Bug], tests: Sequence[str] = ()) -> Iterator[Outcome]:
    """Each bug before `tests`, or before those of its part of the engine."""
    with tempfile.TemporaryDirectory() as made:
        directory = copied(Path(made))
        for bug in bugs:
            started = time.perf_counter()
            try:
                path, text = planted(bug, directory)
            except Stale as error:
                yield Outcome(bug.name, "", 0.0)
                print(f"STALE: {error}", file=sys.stderr)
                continue
            honest = path.read_text(encoding="utf-8")
            path.write_text(text, encoding="utf-8")
            try:
                detected = suite(directory, tests or (REPLAY if "replay" in path.parts else FAST))
            finally:
                path.write_text(honest, encoding="utf-8")
            yield Outcome(bug.name, detected, time.perf_counter() - started)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.seeded_bugs", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--only", nargs="*", default=[""], metavar="WORD", help="bugs with such a word in their name, or in this function"
    )
    parser.add_argument("--every", type=int, default=1, help="each k-th bug")
    parser.add_argument("--without", action="store_true", help="first the copy without a bug, which has to pass")
    chosen = parser.parse_args(arguments)
    bugs = [b for b in BUGS if any(word in b.name or word == b.where for word in chosen.only)][:: chosen.every]
    if chosen.without:
        with tempfile.TemporaryDirectory() as made:
            failed = suite(copied(Path(made)))
        print(f"without a bug: {failed or 'all pass'}", flush=True)
        if failed:
            return 1
    print(f"{'bug':70}  {'detected by':80}  seconds\n{'-' * 161}")
    missed = 0
    for outcome in run(bugs):
        print(outcome.row, flush=True)
        missed += not outcome.detected_by
    print(f"{len(bugs) - missed} of {len(bugs)} bugs detected")
    return int(missed > 0 or not bugs)


if __name__ == "__main__":
    sys.exit(main())
