"""Conditional entropy: what is still uncertain of one outcome when another is known."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    SumOver,
    Term,
    Use,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="conditional_entropy",
    title="Conditional entropy",
    summary=(
        "How uncertain is one outcome when another is known? A first outcome i has the probabilities p; given i, a "
        "second outcome j has the probabilities W[i, j]. The conditional entropy is the entropy of the second, averaged "
        "over the first. Together with the entropy of the first it makes the entropy of the pair (the chain rule), and "
        "it is never more than the entropy of the second alone: knowing helps, or does no harm, on average."
    ),
    given="n, m: size; p: simplex[n]; q: simplex[m]; W: simplex[n, m]; i, k: index[n]; j, l: index[m]",
    define="conditional_entropy(p, W) = -sum(i, j: p[i] W[i, j] log(W[i, j]))",
    about="what one outcome leaves uncertain of another",
    units="nats",
    uses=("entropy", "kl_divergence", "mutual_information"),
    prerequisites=("entropy", "kl_divergence"),
    derivations=(
        Derivation(
            "The mean entropy of the rows",
            key="rows",
            claim="conditional_entropy(p, W) = sum(i: p[i] entropy(vector(j: W[i, j])))",
            steps=(
                Step(
                    "= -sum(i, j: p[i] W[i, j] log(W[i, j]))",
                    by=unfold,
                    why="the definition of the conditional entropy, written out",
                ),
                Step(
                    "= sum(i: p[i] (-sum(j: W[i, j] log(W[i, j]))))",
                    by=rewrite,
                    why="p[i] does not depend on j, so it leaves the inner sum",
                ),
                Step(
                    "= sum(i: p[i] entropy(vector(j: W[i, j])))",
                    by=fold,
                    why="the definition of the entropy, read backwards, for each row",
                ),
            ),
        ),
        Derivation(
            "The chain rule",
            key="chain",
            claim="-sum(i, j: p[i] W[i, j] log(p[i] W[i, j])) = entropy(p) + conditional_entropy(p, W)",
            steps=(
                Step(
                    "= -sum(i, j: p[i] W[i, j] log(p[i])) - sum(i, j: p[i] W[i, j] log(W[i, j]))",
                    by=rewrite,
                    why="the logarithm of a product is the sum of the logarithms",
                ),
                Step(
                    "= -sum(i: p[i] log(p[i])) - sum(i, j: p[i] W[i, j] log(W[i, j]))",
                    by=Use("sum(j: W[i, j]) = 1"),
                    why="each row sums to 1, and log(p[i]) does not depend on j",
                ),
                Step(
                    "= entropy(p) + conditional_entropy(p, W)", by=fold, why="the definitions of both entropies, read backwards"
                ),
            ),
            note="The uncertainty of a pair is that of the first and then what the first leaves of the second.",
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="conditional_entropy(p, W) >= 0",
            steps=(
                Step(
                    "= sum(i: sum(j: p[i] (-W[i, j] log(W[i, j]))))",
                    by=unfold,
                    why="the definition of the conditional entropy, written out",
                ),
                Step(
                    ">= sum(i: sum(j: 0))",
                    by=SumOver("i", SumOver("j", Certificate((Term("p[i]", lemma="entropy.share", at="x = W[i, j]"),)))),
                    why="no probability is above 1, so its logarithm is not positive: every term is at least 0",
                ),
                Step("= 0", by=rewrite, why="n m zeros add up to 0"),
            ),
        ),
        Derivation(
            "Forgetting loses uncertainty",
            key="forgetting",
            claim="entropy(p) <= -sum(i, j: p[i] W[i, j] log(p[i] W[i, j]))",
            steps=(
                Step(
                    "<= entropy(p) + conditional_entropy(p, W)",
                    by=Certificate((Term("1", lemma="nonnegative"),)),
                    why="a conditional entropy is never negative, so adding it makes the sum no smaller",
                ),
                Step("= -sum(i, j: p[i] W[i, j] log(p[i] W[i, j]))", by=Lemma("chain"), why="the chain rule, shown above"),
            ),
            note=(
                "A map that sends an outcome to f(outcome) = i forgets which of the outcomes with this result it was, j. So the result "
                "is never more uncertain than the outcome."
            ),
        ),
        Derivation(
            "Independent: the first tells nothing",
            key="independent",
            claim="conditional_entropy(p, vector(i, j: q[j])) = entropy(q)",
            steps=(
                Step(
                    "= -sum(i: p[i]) sum(j: q[j] log(q[j]))",
                    by=unfold,
                    why="the definition of the conditional entropy, with the same row q for every i",
                ),
                Step("= -sum(j: q[j] log(q[j]))", by=Use("sum(k: p[k]) = 1"), why="p sums to 1, so the first factor is 1"),
                Step("= entropy(q)", by=fold, why="the definition of the entropy, read backwards"),
            ),
        ),
        Derivation(
            "Equal outcomes: the first tells everything",
            key="equal",
            claim="conditional_entropy(p, vector(i, k: delta(i, k))) = 0",
            steps=(
                Step(
                    "= -sum(i, k: p[i] delta(i, k) log(delta(i, k)))",
                    by=unfold,
                    why="the definition of the conditional entropy, for a second outcome that is always equal to the first",
                ),
                Step(
                    "= -sum(i: p[i] log(1))",
                    by=rewrite,
                    why="delta(i, k) is 1 for k = i and 0 otherwise, so only the terms k = i are left",
                ),
                Step("= 0", by=rewrite, why="log(1) = 0, so every term is 0"),
            ),
        ),
        Derivation(
            "At most log m",
            key="upper",
            claim="conditional_entropy(p, W) <= log(m)",
            steps=(
                Step(
                    "= sum(i: p[i] entropy(vector(j: W[i, j])))",
                    by=Lemma("rows"),
                    why="it is the mean entropy of the rows, as shown above",
                ),
                Step(
                    "<= sum(i: p[i] log(m))",
                    by=SumOver("i", Certificate((Term("p[i]", lemma="entropy.maximum", at="p = vector(j: W[i, j])"),))),
                    why="each row is a distribution over m outcomes, and none of these has an entropy above log(m)",
                ),
                Step("= log(m)", by=Use("sum(k: p[k]) = 1"), why="log(m) does not depend on i, and p sums to 1"),
            ),
        ),
        Derivation(
            "Knowing does no harm, on average",
            key="knowing",
            claim="conditional_entropy(p, W) <= entropy(vector(j: sum(k: p[k] W[k, j])))",
            steps=(
                Step(
                    "= sum(i: sum(j: -p[i] W[i, j] log(W[i, j])))",
                    by=unfold,
                    why="the definition of the conditional entropy, written out",
                ),
                Step(
                    "<= sum(i: sum(j: -p[i] W[i, j] log(sum(k: p[k] W[k, j])) - p[i] W[i, j] + p[i] sum(k: p[k] W[k, j])))",
                    by=SumOver("i", SumOver("j", Lemma("entropy.gap", at="x = p[i] W[i, j]; y = p[i] sum(k: p[k] W[k, j])"))),
                    why=(
                        "each row is compared with the mean row, term by term: x log(x/y) >= x - y, for x = p[i] W[i, j] and y = p[i] "
                        "times entry j of the mean row"
                    ),
                ),
                Step(
                    "= -sum(j: sum(k: p[k] W[k, j]) log(sum(k: p[k] W[k, j])))",
                    by=Use("sum(k: p[k]) = 1"),
                    why=(
                        "as p sums to 1, the two terms without a logarithm have the same sum and cancel; the mean row's logarithm is "
                        "weighed by the mean row"
                    ),
                ),
                Step(
                    "= entropy(vector(j: sum(k: p[k] W[k, j])))",
                    by=fold,
                    why="the definition of the entropy, for the mean row",
                ),
            ),
            note="A single observation can raise the uncertainty; their average cannot.",
        ),
        Derivation(
            "What knowing saves",
            key="saves",
            claim="entropy(vector(j: sum(k: p[k] W[k, j]))) - conditional_entropy(p, W) = sum(i, j: p[i] W[i, j] log(W[i, j] / sum(k: p[k] W[k, j])))",
            steps=(
                Step(
                    "= sum(i, j: p[i] W[i, j] log(W[i, j])) - sum(j: sum(k: p[k] W[k, j]) log(sum(k: p[k] W[k, j])))",
                    by=unfold,
                    why="the definitions of both entropies, written out",
                ),
                Step(
                    "= sum(i, j: p[i] W[i, j] log(W[i, j] / sum(k: p[k] W[k, j])))",
                    by=rewrite,
                    why=(
                        "the mean row's logarithm counts for every i with the weight p[i] W[i, j], and a difference of logarithms is the "
                        "logarithm of the quotient"
                    ),
                ),
            ),
            note="In words: the divergence of the rows from the mean row, on average.",
        ),
        Derivation(
            "... is the mutual information",
            key="mutual",
            claim="mutual_information(vector(i, j: p[i] W[i, j])) = entropy(vector(j: sum(k: p[k] W[k, j]))) - conditional_entropy(p, W)",
            steps=(
                Step(
                    "= sum(i, j: p[i] W[i, j] log(W[i, j] sum(k: p[k] sum(l: W[k, l])) / (sum(l: W[i, l]) sum(k: p[k] W[k, j]))))",
                    by=unfold,
                    why="the definition of the mutual information; p[i] leaves the sum of its row, and stands above and below",
                ),
                Step(
                    "= sum(i, j: p[i] W[i, j] log(W[i, j] sum(k: p[k]) / sum(k: p[k] W[k, j])))",
                    by=Use("sum(l: W[i, l]) = 1"),
                    why="each row sums to 1, so both inner sums are 1",
                ),
                Step(
                    "= sum(i, j: p[i] W[i, j] log(W[i, j] / sum(k: p[k] W[k, j])))",
                    by=Use("sum(k: p[k]) = 1"),
                    why="p sums to 1, so that factor may be left out",
                ),
                Step(
                    "= sum(i, j: p[i] W[i, j] log(W[i, j])) - sum(j: sum(i: p[i] W[i, j]) log(sum(k: p[k] W[k, j])))",
                    by=rewrite,
                    why="the logarithm of a quotient is a difference; that of the mean row does not depend on i",
                ),
                Step(
                    "= entropy(vector(j: sum(k: p[k] W[k, j]))) - conditional_entropy(p, W)",
                    by=rewrite,
                    why="the definitions of both entropies, read backwards",
                ),
            ),
        ),
        Derivation(
            "Nobody can tell more than there is to know",
            key="bound",
            claim="mutual_information(vector(i, j: p[i] W[i, j])) <= entropy(vector(j: sum(k: p[k] W[k, j])))",
            steps=(
                Step(
                    "= entropy(vector(j: sum(k: p[k] W[k, j]))) - conditional_entropy(p, W)",
                    by=Lemma("mutual"),
                    why="what knowing the first outcome saves of the second",
                ),
                Step(
                    "<= entropy(vector(j: sum(k: p[k] W[k, j])))",
                    by=Certificate((Term("1", lemma="nonnegative"),)),
                    why="a conditional entropy is never negative, so leaving it out makes the right side no smaller",
                ),
            ),
        ),
    ),
    examples=(
        Example(
            "-(1/2) (1/2) log(1/2) - (1/2) (1/2) log(1/2) - (1/2) log(1) = 0.346574",
            source="half of the time the second outcome is a fair coin, otherwise it is certain: half a bit",
        ),
    ),
    false_claims=(
        FalseClaim(
            "entropy(vector(j: W[i, j])) <= entropy(vector(j: sum(k: p[k] W[k, j])))",
            why=(
                "one row can be more uncertain than the mean row, a fair coin among sure outcomes; only the average over the "
                "rows is not"
            ),
        ),
        FalseClaim(
            "conditional_entropy(p, W) = entropy(p)",
            why="it is the uncertainty of the second outcome, not of the first: with one second outcome it is 0",
        ),
    ),
    exercises=(
        Exercise(
            "A die is thrown, and you are told whether the number is even. How much uncertainty is left?",
            "log 3: three equally likely numbers in either case. It was log 6, so the answer told log 2, one bit.",
        ),
    ),
    not_verified=("That it is the mean length of a code that knows the first outcome.",),
    references=(Reference("Cover, Thomas, Elements of Information Theory, section 2.2"),),
)
