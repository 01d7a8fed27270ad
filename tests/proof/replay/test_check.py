"""Certificates: written, read back, checked again without the prover; and whatever is tampered with is rejected."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mathcore import formulas
from mathcore.proof import certificates
from mathcore.proof.derive import verify_derivation
from mathcore.proof.replay import INSIDE, NOT_REPLAYED, POINTS, PROVED, REJECTED, Bad, replay
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[3]
CARDS = (
    "entropy", "kl_divergence", "logsumexp", "softmax", "softplus", "sigmoid", "gradient_descent",
    "huber_gradient", "momentum_velocity",
)  # fmt: skip


@pytest.fixture(scope="module")
def document() -> dict:
    cards = [formulas.load(name) for name in CARDS]
    return certificates.document((c, d, verify_derivation(c, d)) for c in cards for d in c.derivations)


def changed(document: dict, name: str) -> tuple[dict, dict]:
    """A copy, and in it the claim of that name; only what the claim needs is kept."""
    needed, queue = set(), [name]
    claims = {c["name"]: c for c in document["claims"]}
    while queue:
        current = queue.pop()
        if current not in needed:
            needed.add(current)
            queue += [lemma for step in claims[current]["steps"] for lemma in step["lemmas"]]
    made = copy.deepcopy(document | {"claims": [claims[one] for one in claims if one in needed]})
    return made, next(c for c in made["claims"] if c["name"] == name)


def outcome(document: dict, name: str):
    return next(r for r in replay(document) if r.name == name)


@pytest.mark.slow
def test_no_certificate_of_the_cards_is_rejected(document):
    found = replay(certificates.text(document))
    assert [(r.name, r.reason) for r in found if r.outcome == REJECTED] == []
    steps = [s.outcome for r in found for s in r.steps]
    assert len(steps) >= 100
    assert steps.count(PROVED) + steps.count(INSIDE) >= 0.85 * len(steps)
    assert steps.count(NOT_REPLAYED) <= 0.01 * len(steps)


def test_the_same_verdicts_give_the_same_bytes(document):
    text = certificates.text(document)
    assert certificates.text(json.loads(text)) == text and json.loads(text) == document


def test_what_another_program_decided_is_not_replayed():
    """Nor is a script that would be answered by unsat whatever the claim says."""
    script = "; claim: 0 > 1\n(assert false)\n(check-sat)\n"
    (found,) = replay(json.dumps({"claim": "0 > 1", "level": "decided", "axioms": ["z3 5.4.1"], "certificate": script}))
    assert found.outcome == NOT_REPLAYED and "z3 5.4.1" in found.reason
    with pytest.raises(Bad):
        replay(json.dumps({"claim": "1 > 0", "level": "proved", "axioms": []}))


def test_the_versions_stand_in_the_document(document):
    assert set(document["versions"]) >= {"mathcore", "python", "sympy", "python-flint", "lark"}


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        ("softmax.jacobian", {PROVED}),
        ("logsumexp.hessian", {PROVED}),
        ("softmax.hot", {PROVED, POINTS}),
        ("kl_divergence.on_bits", {INSIDE}),
        ("gradient_descent.cauchy_schwarz", {PROVED}),
    ],
)
def test_it_says_how_each_step_was_checked(document, name, outcomes):
    found = outcome(changed(document, name)[0], name)
    assert {s.outcome for s in found.steps} <= outcomes and PROVED in outcomes | {PROVED}
    assert all(s.how for s in found.steps)


def test_the_prover_is_not_used():
    """Neither the kernel nor rules, scopes, derivations are imported."""
    code = (
        "import sys, json\nfrom mathcore.proof.replay import replay\n"
        "found = replay(open(sys.argv[1]).read())\n"
        "used = [m for m in sys.modules if m.startswith('mathcore.proof.')]\n"
        "print(json.dumps([len(found), used]))"
    )
    path = Path(__file__).parent / "nowhere"
    assert not path.exists()
    text = certificates.text(
        certificates.document((c, d, verify_derivation(c, d)) for c in [formulas.load("softmax")] for d in c.derivations[:2])
    )
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", code, file.name],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
    count, used = json.loads(done.stdout)
    assert count == 2
    assert not [m for m in used if m.split(".")[2] in ("kernel", "rules", "scope", "derive", "at_points")], used


# tampering ------------------------------------------------------------------------------------------------------


def test_a_false_claim_is_rejected(document):
    made, one = changed(document, "softmax.sum")
    assert outcome(made, "softmax.sum").outcome == PROVED
    one["claim"] = one["claim"].replace("= 1", "= 2")
    assert outcome(made, "softmax.sum").outcome == REJECTED


def test_a_false_step_is_rejected_with_its_point(document):
    made, one = changed(document, "softmax.jacobian")
    step = one["steps"][1]
    step["text"] = step["text"].replace("delta(i, j)", "delta(j, j)")
    found = outcome(made, "softmax.jacobian")
    assert found.outcome == REJECTED and "false at" in found.reason


def test_steps_that_end_elsewhere_are_rejected(document):
    made, one = changed(document, "softmax.jacobian")
    one["steps"].pop()
    assert "end elsewhere" in outcome(made, "softmax.jacobian").reason


def test_relations_that_do_not_compose_are_rejected(document):
    made, one = changed(document, "kl_divergence.nonnegative")
    assert outcome(made, "kl_divergence.nonnegative").outcome != REJECTED
    one["claim"] = one["claim"].replace(">=", "=")
    assert "do not give" in outcome(made, "kl_divergence.nonnegative").reason


def test_a_lemma_that_is_left_out_is_missed(document):
    made, one = changed(document, "kl_divergence.nonnegative")
    made["claims"] = [one]
    assert "not in this document" in outcome(made, "kl_divergence.nonnegative").reason
    made, one = changed(document, "kl_divergence.nonnegative")
    for step in one["steps"]:
        step["lemmas"] = []
    assert "used and not named" in outcome(made, "kl_divergence.nonnegative").reason


def test_lemmas_in_a_circle_are_rejected(document):
    made, _ = changed(document, "kl_divergence.nonnegative")
    gap = next(c for c in made["claims"] if c["name"] == "entropy.gap")
    gap["steps"][0]["lemmas"].append("kl_divergence.nonnegative")
    assert "circle" in outcome(made, "entropy.gap").reason


def written(*claims: tuple[str, str, dict, list, str]) -> dict:
    """A document of one card, its claims written here: name, claim, rule, lemmas, hypotheses."""
    made = [
        {
            "name": f"trial.{name}", "card": "trial", "given": given, "claim": claim, "instance": "", "level": "proved",
            "steps": [
                {"text": claim.partition(" ")[2], "rule": rule, "level": "proved", "conditions": [], "hypotheses": [],
                 "lemmas": lemmas, "axioms": []}
            ],
        }
        for name, claim, rule, lemmas, given in claims
    ]  # fmt: skip
    card = {"given": "a, b, v_: real", "define": ["same_(v_) = v_"], "uses": []}
    return {"format": "mathcore certificates 1", "versions": {}, "cards": {"trial": card}, "claims": made}


def weighed(weight: str, lemma: str = "", at: str = "") -> dict:
    return {"rule": "Certificate", "terms": [{"rule": "Term", "weight": weight, "lemma": lemma, "at": at, "over": ""}]}


SQUARE = ("square", "a^2 >= 0", weighed("a^2"), [], "")


def test_a_lemma_does_not_prove_itself_behind_the_name_of_another():
    """Two lemmas of one card: the one that is named is not the one that is used."""
    tangent = ("tangent", "exp(a) >= 1 + a", {"rule": "Lemma", "name": "tangent", "at": "a = a"}, ["trial.square"], "")
    found = outcome(written(SQUARE, tangent), "trial.tangent")
    assert found.outcome == REJECTED and "trial.tangent is used and not named" in found.reason


@pytest.mark.parametrize(
    ("claim", "at", "wanted"),
    [
        ("b <= 1000000 + 0", "a = b", REJECTED),
        ("2*a^2 <= a^2 + 1000000", "b = a^2", REJECTED),
        ("b <= b + 1000000", "a = b", PROVED),
        ("a^2 <= a^2 + 1000000", "b = a^2", PROVED),
    ],
)
def test_a_lemma_about_a_derivative_speaks_of_its_value_at_the_arguments(claim, at, wanted):
    slope = ("slope", "D(a*b,a) <= b + 1000000", weighed("1000000"), [], "")
    taken = ("taken", claim, weighed("1", "slope", at), ["trial.slope"], "")
    assert outcome(written(slope, taken), "trial.slope").outcome == PROVED
    assert outcome(written(slope, taken), "trial.taken").outcome == wanted


def test_what_rests_on_a_rejected_lemma_is_rejected():
    low = ("low", "a <= a^2", weighed("a^2 - a"), [], "")
    high = ("high", "a <= a^2 + 1 - 1", weighed("1", "low", "a = a"), ["trial.low"], "a >= 1")
    top = ("top", "a <= 2 * a^2 - a^2", weighed("1", "high", "a = a"), ["trial.high"], "a >= 1")
    assert outcome(written(SQUARE, low, high, top), "trial.low").outcome == REJECTED
    for name in ("trial.high", "trial.top"):
        found = outcome(written(SQUARE, low, high, top), name)
        assert found.outcome == REJECTED and "rests on the lemma" in found.reason
    assert outcome(written(SQUARE, low), "trial.square").outcome == PROVED


def test_a_claim_whose_hypotheses_hold_nowhere_is_not_replayed():
    used = {"rule": "Use", "hypothesis": "a = b", "at": ""}
    found = outcome(written(("empty", "a = b", used, [], "a = b; a = b + 1")), "trial.empty")
    assert found.outcome == NOT_REPLAYED and "no point satisfies the hypotheses" in found.reason
    assert outcome(written(("full", "a = b", used, [], "a = b")), "trial.full").outcome == PROVED


def test_a_lemma_that_was_not_proved_proves_nothing(document):
    made, _ = changed(document, "kl_divergence.nonnegative")
    next(c for c in made["claims"] if c["name"] == "entropy.gap")["level"] = "unknown"
    assert "is unknown" in outcome(made, "kl_divergence.nonnegative").reason


def test_a_hypothesis_that_is_none_is_rejected(document):
    made, one = changed(document, "softmax.sum")
    one["steps"][0]["hypotheses"] = ["z[i] = 0"]
    assert "is no hypothesis" in outcome(made, "softmax.sum").reason


def test_a_hypothesis_that_is_taken_away_from_the_declarations_is_missed(document):
    made, _ = changed(document, "kl_divergence.on_bits")
    made["cards"]["kl_divergence"]["given"] = made["cards"]["kl_divergence"]["given"].replace("simplex", "positive")
    assert outcome(made, "kl_divergence.on_bits").outcome == REJECTED


def put(path: str, old: str, new: str):
    """Changes the first rule of that path, e.g. "Split/cases/0/condition", in a claim; the old text has to be there."""
    kind, *way = path.split("/")

    def change(_: dict, one: dict) -> None:
        place = next(step["rule"] for step in one["steps"] if step["rule"]["rule"] == kind)
        for part in way[:-1]:
            place = place[int(part)] if isinstance(place, list) else place[part]
        assert old in place[way[-1]], place[way[-1]]
        place[way[-1]] = place[way[-1]].replace(old, new)

    return change


def dropped(path: str):
    kind, *way = path.split("/")

    def change(_: dict, one: dict) -> None:
        place = next(step["rule"] for step in one["steps"] if step["rule"]["rule"] == kind)
        for part in way[:-1]:
            place = place[int(part)] if isinstance(place, list) else place[part]
        del place[int(way[-1])]

    return change


def ungiven(text: str):
    """A hypothesis of the derivation, or of its claim, is gone; nor do the steps name it."""

    def change(_: dict, one: dict) -> None:
        field = "given" if text in one["given"] else "claim"
        assert text in one[field]
        one[field] = one[field].replace(text, "").strip("; ")
        for step in one["steps"]:
            step["hypotheses"] = [h for h in step["hypotheses"] if h != text.removesuffix(" =>")]

    return change


def said(old: str, new: str):
    """The claim and the step that ends in it are changed alike."""

    def change(_: dict, one: dict) -> None:
        assert old in one["claim"]
        one["claim"] = one["claim"].replace(old, new)
        for step in one["steps"]:
            step["text"] = step["text"].replace(old, new)

    return change


def declared(card: str, old: str, new: str):
    def change(made: dict, _: dict) -> None:
        assert old in made["cards"][card]["given"]
        made["cards"][card]["given"] = made["cards"][card]["given"].replace(old, new)

    return change


def unsupported(_: dict, one: dict) -> None:
    step = next(s for s in one["steps"] if s["rule"]["rule"] == "Support")
    step["rule"] = step["rule"]["by"]


TERM = "Certificate/terms/0/weight"
AT = "Certificate/terms/0/at"
PAIRS = "(g[i] u[j] - g[j] u[i])"
TAMPERED = [
    # multipliers
    ("gradient_descent.cauchy_schwarz", put(TERM, "/ 2", "")),
    ("gradient_descent.cauchy_schwarz", put(TERM, "/ 2", "/ 3")),
    ("gradient_descent.cauchy_schwarz", put(TERM, f"{PAIRS}^2", f"{PAIRS}^4")),
    ("entropy.maximum", put(TERM, "1", "2")),
    ("entropy.maximum", put(TERM, "1", "p[k]")),
    ("entropy.concave", put(TERM, "u[i]^2 / P[i]", "u[i]^2")),
    ("kl_divergence.convex", put(TERM, "Q[i]^2", "Q[i]")),
    ("sigmoid.steepest", put(TERM, "1 / 2", "1 / 3")),
    ("softplus.positive", put(TERM, "1 + exp(x)", "2 + exp(x)")),
    ("gradient_descent.steepest", put(TERM, "/ 2)", "/ 4)")),
    ("huber_gradient.upper", put("Split/cases/2/by/terms/0/weight", "2 c", "c")),
    ("huber_gradient.upper", put("Split/cases/0/by/terms/0/weight", "0", "1")),
    ("logsumexp.cold_lower", put(TERM, "T", "1")),
    # signs
    ("gradient_descent.cauchy_schwarz", put(TERM, PAIRS, "(g[i] u[j] + g[j] u[i])")),
    ("gradient_descent.oscillates", put(TERM, "eta L - 1", "eta L + 1")),
    ("gradient_descent.oscillates", put(TERM, "eta L - 1", "1 - eta L")),
    ("entropy.concave", put(TERM, "u[i]^2", "-u[i]^2")),
    ("sigmoid.grows", put("Monotone/function", "1 + v", "2 + v")),
    ("sigmoid.grows", put("Monotone/inner", ">=", "<=")),
    ("softmax.order", put("Monotone/inner", "<=", ">=")),
    ("momentum_velocity.sum", said("- eta sum", "+ eta sum")),
    ("entropy.tangent", put("Monotone/turning", "1", "2")),
    # indices
    ("gradient_descent.cauchy_schwarz", put(TERM, "g[j] u[i]", "g[i] u[j]")),
    ("gradient_descent.cauchy_schwarz", put(TERM, "g[j] u[i]", "g[j] u[j]")),
    ("gradient_descent.gain", said("F[T]", "F[T + 1]")),
    ("logsumexp.convex", put(TERM, "s[j] v[j]", "s[i] v[j]")),
    ("kl_divergence.convex", put("Certificate/terms/0/over", "i", "j")),
    # terms, arguments of lemmas, their domains
    ("entropy.maximum", put(AT, "1 / n", "2 / n")),
    ("entropy.maximum", put(AT, "y = 1 / n", "y = p[k] - 1")),
    ("entropy.maximum", put("Certificate/terms/0/over", "k", "")),
    ("entropy.gap", put("Support/by/terms/0/at", "y / x", "x / y")),
    ("entropy.gap", put("Support/by/terms/0/weight", "x", "y")),
    ("entropy.share", dropped("Support/by/terms/1")),
    ("logsumexp.gibbs", put(AT, "softmax(z)[k]", "z[k]")),
    ("softplus.upper", put("Split/cases/1/by/at", "-x", "x")),
    # cases and zeros
    ("huber_gradient.upper", dropped("Split/cases/1")),
    ("huber_gradient.upper", put("Split/cases/0/condition", ">= c", ">= 2 c")),
    ("huber_gradient.odd", put("Split/cases/2/condition", "<= -c", "<= -2 c")),
    ("softplus.lower", dropped("Split/cases/0")),
    ("entropy.gap", unsupported),
    # hypotheses and premises
    ("gradient_descent.steepest", ungiven("sum(k: u[k]^2) = 1;")),
    ("gradient_descent.oscillates", ungiven("1 / L < eta;")),
    ("gradient_descent.oscillates", ungiven("c != 0")),
    ("gradient_descent.path", ungiven("q != 1")),
    ("softmax.order", ungiven("z[i] <= z[j] =>")),
    ("softmax.inverse", ungiven("sum(k: q[k]) = 1")),
    ("huber_gradient.near", ungiven("-c <= y[k] - t[k] and y[k] - t[k] <= c =>")),
    ("momentum_velocity.constant", ungiven("V[T + 1] = beta V[T] - eta c;")),
    ("kl_divergence.nonnegative", declared("kl_divergence", "simplex", "nonnegative")),
    ("gradient_descent.oscillates", declared("gradient_descent", "eta, L: positive", "eta, L: real")),
    # relations
    ("entropy.maximum", said("<=", "<")),
    ("softplus.lower", said(">=", "<=")),
]  # fmt: skip


@sampled(("name", "change"), TAMPERED, ids=[f"{i}-{name}" for i, (name, _) in enumerate(TAMPERED)], keep=8)
def test_a_tampered_certificate_is_rejected(document, name, change):
    made, one = changed(document, name)
    change(made, one)
    assert outcome(made, name).outcome == REJECTED


@pytest.mark.slow
def test_before_they_are_tampered_with_they_are_proved(document):
    made = {name: outcome(changed(document, name)[0], name) for name in dict(TAMPERED)}
    assert len(TAMPERED) >= 50 and {r.outcome for r in made.values()} <= {PROVED, INSIDE, POINTS}
    steps = [s.outcome for r in made.values() for s in r.steps]
    assert steps.count(POINTS) <= 0.15 * len(steps)


@pytest.mark.parametrize("text", ["a / a = 1", "a - a = log(b) - log(b)", "sqrt(a)^2 = a", "(a^2)^(1/2) = a"])
def test_a_side_condition_that_is_dropped_is_missed(document, text):
    made, one = changed(document, "softmax.sum")
    one["given"], one["claim"] = "a, b: real", text
    one["steps"] = [
        one["steps"][0] | {"text": f"= {text.partition(' = ')[2]}", "rule": {"rule": "Rewrite"}, "lemmas": [], "hypotheses": []}
    ]
    assert outcome(made, "softmax.sum").outcome == REJECTED


def test_a_condition_that_is_left_is_not_replayed(document):
    made, one = changed(document, "softmax.sum")
    one["steps"][0]["conditions"] = ["z[i] != 0"]
    assert outcome(made, "softmax.sum").outcome == NOT_REPLAYED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "not json",
        '{"format": "another"}',
        '{"format": "mathcore certificates 1", "cards": {}, "claims": []}',
    ],
)
def test_what_is_no_document_is_refused(text):
    with pytest.raises(Bad):
        replay(text)


@pytest.mark.parametrize("field", ["claim", "steps", "card", "given", "level", "instance"])
def test_a_damaged_certificate_is_rejected_without_a_crash(document, field):
    for wrong in (None, 3, "", "(((", ["x"], {"a": 1}):
        made, one = changed(document, "softmax.jacobian")
        one[field] = wrong
        if field in ("given", "instance") and wrong in ("", None, [], {}):
            continue
        found = outcome(made, "softmax.jacobian")
        assert found.outcome in (REJECTED, NOT_REPLAYED), (field, wrong, found)


def test_text_in_a_certificate_is_parsed_and_never_run(document, tmp_path):
    made, one = changed(document, "softmax.jacobian")
    one["steps"][0]["text"] = f"= open('{tmp_path}/evaluated', 'w')"
    assert outcome(made, "softmax.jacobian").outcome == REJECTED
    assert not (tmp_path / "evaluated").exists()


@pytest.mark.slow
def test_the_command_writes_and_replays(mathcore, tmp_path):
    file = tmp_path / "proofs.json"
    done = mathcore("verify", "epoch", "--certificates", str(file))
    assert "certificates in" in done.stdout
    done = mathcore("verify", "--replay", str(file))
    assert "proved anew for every n" in done.stdout and "0 rejected" in done.stdout
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("epoch(n, b, r) / b <= n + 1", "epoch(n, b, r) / b <= n"), encoding="utf-8")
    assert "rejected" in mathcore("verify", "--replay", str(file), code=1).stdout
    file.write_text("no certificates", encoding="utf-8")
    mathcore("verify", "--replay", str(file), code=2)
    mathcore("verify", "--replay", str(tmp_path / "nothing"), code=2)
