"""A step that names no rule: the engine finds one among what stands above it, and nothing else."""

import pytest

from mathcore.document.cards import card_of
from mathcore.document.reader import read
from mathcore.evidence import Level
from mathcore.formulas import LIBRARY, load, names
from mathcore.proof.derive import verify_derivation, with_rules
from mathcore.proof.omitted import candidates, named
from mathcore.rules.certificate import Certificate
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.lemma import Lemma
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.unfold import Unfold
from mathcore.rules.use import Use
from tests.sampling import sampled

PAGE = """# A page

```formula
given   n: size; x, c: real; p: simplex[n]; k: index[n]
define  f(x) = x^2
uses    softmax
```

```derivation definition
f(x) + 1
= x^2 + 1
```

```derivation algebra
(x + 1)^2
= x^2 + 2 x + 1
```

```derivation slope
D(f(x), x)
= 2 x
```

```derivation terms
f(x) + 1
>= 1
```

```derivation given
sum(k: p[k]) + x
= 1 + x
```

```derivation tangent
exp(c)
>= 1 + c
```
"""
RULES = {"definition": Unfold(), "algebra": Rewrite(), "slope": Differentiate(), "terms": Certificate, "given": Use}


@pytest.fixture(scope="module")
def page():
    return card_of(read(PAGE), "page", LIBRARY)


@pytest.mark.parametrize("key", RULES)
def test_a_rule_is_found_by_what_changes_in_the_step(page, key):
    derivation = page.derivation(key)
    assert verify_derivation(page, derivation).level is Level.PROVED
    (step,) = with_rules(page, derivation).steps
    kind = RULES[key]
    assert isinstance(step.by, kind if isinstance(kind, type) else type(kind))


def test_what_was_shown_on_a_page_that_is_used_may_be_cited(page):
    assert with_rules(page, page.derivation("tangent")).steps[0].by == Lemma("softmax.tangent")
    assert verify_derivation(page, page.derivation("tangent")).lemmas == ("softmax.tangent",)


def test_a_derivation_that_cannot_be_read_says_nothing_of_the_others():
    broken = "```derivation broken\nsum(k: y[k])\n>= 0\n```\n\n```derivation definition\n"
    other = card_of(read(PAGE.replace("```derivation definition\n", broken)), "page", LIBRARY)
    assert verify_derivation(other, other.derivation("broken")).reason.startswith("y is not declared")
    assert verify_derivation(other, other.derivation("tangent")).lemmas == ("softmax.tangent",)


def test_a_derivation_does_not_cite_itself_or_what_stands_below():
    text = PAGE.replace("uses    softmax\n", "").replace("exp(c)\n>= 1 + c", "exp(c)\n>= 1 + c\n= c + 1")
    alone = card_of(read(text), "page", LIBRARY)
    verdict = verify_derivation(alone, alone.derivation("tangent"))
    assert verdict.level is Level.UNKNOWN and not verdict.lemmas


def test_a_false_step_is_not_proved_by_any_of_them():
    for line in ("= x^2 + 2", ">= 2", "= 2 x", "< 1"):
        wrong = card_of(read(PAGE.replace("f(x) + 1\n= x^2 + 1", f"f(x) + 1\n{line}")), "page", LIBRARY)
        assert verify_derivation(wrong, wrong.derivation("definition")).level is Level.REFUTED


@sampled("name", names(), keep=16)
def test_steps_of_cards_need_none_but_the_likeliest(name):
    """So that leaving the rule out costs no time."""
    card = load(name)
    for derivation in card.derivations:
        for step in derivation.steps:
            assert step.by is None or isinstance(step.by, Rule)
    plain = [d for d in card.derivations if all(s.by is None for s in d.steps)]
    for derivation in plain[:2]:
        verdict = verify_derivation(card, derivation)
        assert verdict.level is Level.PROVED
        assert [s.by for s in named(derivation, verdict).steps] == [s.by for s in with_rules(card, derivation).steps]


def test_candidates_are_the_three_rules_without_data():
    context = load("softmax").context
    left, right = context.parse("D(s[i], z[j])"), context.parse("s[i] (delta(i, j) - s[j])")
    assert candidates(context, left, right) == (Differentiate(), Unfold(), Rewrite())
