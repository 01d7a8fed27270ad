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

ROOT = Path(__file__).resolve().parents[2]
CARDS = ("entropy", "kl_divergence", "logsumexp", "softmax", "softplus", "gradient_descent")


@pytest.fixture(scope="module")
def document() -> dict:
    cards = [formulas.load(name) for name in CARDS]
    return certificates.document((c, d, verify_derivation(c, d)) for c in cards for d in c.derivations)


def changed(document: dict, name: str) -> tuple[dict, dict]:
    """A copy, and in it the claim of that name; only what the claim needs is kept."""
    made = copy.deepcopy(document)
    needed, queue = set(), [name]
    claims = {c["name"]: c for c in made["claims"]}
    while queue:
        current = queue.pop()
        if current not in needed:
            needed.add(current)
            queue += [lemma for step in claims[current]["steps"] for lemma in step["lemmas"]]
    made["claims"] = [c for c in made["claims"] if c["name"] in needed]
    return made, claims[name]


def outcome(document: dict, name: str):
    return next(r for r in replay(document) if r.name == name)


def test_no_certificate_of_the_cards_is_rejected(document):
    found = replay(certificates.text(document))
    assert [(r.name, r.reason) for r in found if r.outcome == REJECTED] == []
    steps = [s.outcome for r in found for s in r.steps]
    assert len(steps) >= 100
    assert steps.count(PROVED) + steps.count(INSIDE) >= 0.55 * len(steps)
    assert steps.count(NOT_REPLAYED) <= 0.05 * len(steps)


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
    assert not [m for m in used if m.split(".")[2] in ("kernel", "rules", "scope", "derive", "second_leg")], used


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


def test_the_weight_of_a_certificate_is_checked(document):
    made, one = changed(document, "gradient_descent.cauchy_schwarz")
    step = next(s for s in one["steps"] if s["rule"]["rule"] == "Certificate")
    term = step["rule"]["terms"][0]
    term["weight"] = f"2 ({term['weight']})"
    assert outcome(made, "gradient_descent.cauchy_schwarz").outcome in (REJECTED, POINTS)
    term["weight"] = "0"
    assert outcome(made, "gradient_descent.cauchy_schwarz").outcome in (REJECTED, POINTS)


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


def test_the_command_writes_and_replays(mathcore, tmp_path):
    file = tmp_path / "proofs.json"
    done = mathcore("verify", "softmax", "--certificates", str(file))
    assert done.returncode == 0 and "certificates in" in done.stdout
    done = mathcore("verify", "--replay", str(file))
    assert done.returncode == 0 and "proved anew for every n" in done.stdout and "0 rejected" in done.stdout
    file.write_text(
        file.read_text(encoding="utf-8").replace('"claim": "sum(i: s[i]) = 1"', '"claim": "sum(i: s[i]) = 2"'), encoding="utf-8"
    )
    done = mathcore("verify", "--replay", str(file))
    assert done.returncode == 1 and "rejected" in done.stdout
    file.write_text("no certificates", encoding="utf-8")
    assert mathcore("verify", "--replay", str(file)).returncode == 2
    assert mathcore("verify", "--replay", str(tmp_path / "nothing")).returncode == 2
