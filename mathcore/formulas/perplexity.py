"""Perplexity: how many equally likely outcomes would be as uncertain."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Monotone,
    Reference,
    Step,
    Term,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="perplexity",
    title="Perplexity",
    summary=(
        "The exponential of the entropy: a distribution of perplexity 10 is as uncertain as 10 equally likely outcomes. "
        "It lies between 1 and n and does not depend on the base of the logarithm. A language model is judged by the "
        "exponential of its crossentropy."
    ),
    given="n: size; p: simplex[n]; i, j, k: index[n]",
    define="perplexity(p) = exp(-sum(k: p[k] log(p[k])))",
    numeric="mathcore.numeric.perplexity",
    units="a number of outcomes",
    uses=("entropy", "softmax", "crossentropy"),
    prerequisites=("entropy",),
    derivations=(
        Derivation(
            "The exponential of the entropy",
            key="entropy",
            claim="perplexity(p) = exp(entropy(p))",
            steps=(
                Step("= exp(-sum(k: p[k] log(p[k])))", by=unfold, why="the definition of perplexity, written out"),
                Step("= exp(entropy(p))", by=fold, why="the definition of the entropy, read backwards"),
            ),
        ),
        Derivation(
            "Its logarithm is the entropy",
            key="log",
            claim="log(perplexity(p)) = entropy(p)",
            steps=(
                Step("= log(exp(entropy(p)))", by=unfold, why="perplexity is the exponential of the entropy, as just shown"),
                Step("= entropy(p)", by=rewrite, why="log undoes exp"),
            ),
        ),
        Derivation(
            "The base does not matter",
            key="base",
            claim="2^(entropy(p) / log(2)) = perplexity(p)",
            steps=(
                Step("= exp((entropy(p) / log(2)) log(2))", by=rewrite, why="a power of 2 is an exponential: 2^x = exp(x log 2)"),
                Step("= exp(entropy(p))", by=rewrite, why="log(2) divides and multiplies the entropy, so it cancels"),
                Step("= perplexity(p)", by=unfold, why="perplexity is the exponential of the entropy"),
            ),
            note="Two to the bits, or e to the nats: the number of outcomes has no unit.",
        ),
        Derivation(
            "Certainty is one outcome",
            key="certain",
            claim="perplexity(vector(k: delta(k, j))) = 1",
            steps=(
                Step(
                    "= exp(-sum(k: delta(k, j) log(delta(k, j))))",
                    by=unfold,
                    why="the definition of perplexity, for all probability on j",
                ),
                Step("= exp(-log(delta(j, j)))", by=rewrite, why="only the term k = j is there: the others are 0 log 0 = 0"),
                Step("= 1", by=rewrite, why="delta(j, j) is 1, log(1) = 0, and exp(0) = 1"),
            ),
        ),
        Derivation(
            "n equally likely outcomes are n outcomes",
            key="uniform",
            claim="perplexity(vector(k: 1 / n)) = n",
            steps=(
                Step(
                    "= exp(-sum(k: (1 / n) log(1 / n)))",
                    by=unfold,
                    why="the definition of perplexity, for the uniform distribution",
                ),
                Step("= exp(log(n))", by=rewrite, why="n equal terms (1/n) log(1/n) make log(1/n), which is -log(n)"),
                Step("= n", by=rewrite, why="exp undoes log"),
            ),
        ),
        Derivation(
            "Never more than n",
            key="upper",
            claim="perplexity(p) <= n",
            steps=(
                Step(
                    "<= exp(log(n))",
                    by=Monotone("exp(x)", variable="x: real", inner="entropy(p) <= log(n)", by=Lemma("entropy.maximum")),
                    why="perplexity is the exponential of the entropy, which is at most log(n), and the exponential grows",
                ),
                Step("= n", by=rewrite, why="exp undoes log"),
            ),
        ),
        Derivation(
            "Never less than 1",
            key="lower",
            claim="perplexity(p) >= 1",
            steps=(
                Step(
                    ">= exp(0)",
                    by=Monotone("exp(x)", variable="x: real", inner="entropy(p) >= 0", by=Lemma("entropy.nonnegative")),
                    why="perplexity is the exponential of the entropy, which is never negative, and the exponential grows",
                ),
                Step("= 1", by=rewrite, why="anything to the power 0 is 1"),
            ),
        ),
        Derivation(
            "Independent choices multiply",
            key="independent",
            given="m: size; r: simplex[m]; a: index[m]",
            claim="exp(-sum(i, a: p[i] r[a] log(p[i] r[a]))) = perplexity(p) perplexity(r)",
            steps=(
                Step(
                    "= exp(entropy(p) + entropy(r))",
                    by=Lemma("entropy.independent"),
                    why="for independent choices the entropies add, as the page of the entropy shows",
                ),
                Step(
                    "= perplexity(p) perplexity(r)",
                    by=unfold,
                    why="the exponential of a sum is a product, and each factor is a perplexity",
                ),
            ),
        ),
        Derivation(
            "As a product: a weighted geometric mean of 1/p",
            key="product",
            given="P: positive[n]",
            claim="prod(k: P[k]^(-P[k])) = exp(entropy(P))",
            steps=(
                Step(
                    "= prod(k: exp(-P[k] log(P[k])))",
                    by=rewrite,
                    why="a power is an exponential: P^x is exp(x log(P)), here with x = -P",
                ),
                Step(
                    "= exp(-sum(k: P[k] log(P[k])))",
                    by=rewrite,
                    why="a product of exponentials is the exponential of the sum of the exponents",
                ),
                Step("= exp(entropy(P))", by=fold, why="the definition of the entropy, read backwards"),
            ),
        ),
        Derivation(
            "A model is at least as perplexed as the truth allows",
            key="model",
            given="z: real[n]",
            claim="exp(crossentropy(p, softmax(z))) >= perplexity(p)",
            steps=(
                Step(
                    ">= exp(entropy(p))",
                    by=Monotone(
                        "exp(x)",
                        variable="x: real",
                        inner="crossentropy(p, softmax(z)) >= entropy(p)",
                        by=Certificate((Term("1", lemma="entropy.gap", at="x = p[k]; y = softmax(z)[k]", over="k"),)),
                    ),
                    why="a crossentropy is at least the entropy of the truth, and the exponential grows",
                ),
                Step("= perplexity(p)", by=fold, why="perplexity is the exponential of the entropy"),
            ),
            note="The perplexity of a language model is this number, with the text for the truth: it cannot fall below that of the text.",
        ),
    ),
    invariants=(
        Law("is at least 1", "perplexity(p) >= 1", why="less than one outcome"),
        Law("is at most n", "perplexity(p) <= n", why="more outcomes than there are"),
        Law("is 1 for a certain outcome", "perplexity(vector(k: delta(k, j))) = 1", why="certainty is one outcome"),
        Law(
            "is the exponential of the entropy", "log(perplexity(p)) = entropy(p)", why="its logarithm is not the entropy in nats"
        ),
    ),
    accuracy=Accuracy(float64=3, float32=0.51, float16=0.51, domain="every probability vector, zeros included"),
    examples=(
        Example("perplexity([1/2, 1/2]) = 2", source="a fair coin"),
        Example("perplexity([1/4, 1/4, 1/4, 1/4]) = 4", source="four equally likely outcomes"),
        Example("perplexity([1, 0, 0]) = 1", source="certainty"),
        Example("perplexity([1/2, 1/4, 1/4]) = 2.828427", source="2^1.5: the entropy is 1.5 bits"),
    ),
    mistakes=(
        "mathcore.mistakes.perplexity.two_to_the_nats",
        "mathcore.mistakes.perplexity.exponential_of_bits",
        "mathcore.mistakes.perplexity.reciprocal",
        "mathcore.mistakes.perplexity.possible_outcomes",
        "mathcore.mistakes.perplexity.inverse_simpson",
        "mathcore.mistakes.perplexity.without_zeros",
    ),
    false_claims=(
        FalseClaim(
            "perplexity(p) = 1 + entropy(p)",
            why="the exponential lies above its tangent: a fair coin has 2, not 1 + log 2 = 1.693",
        ),
        FalseClaim("perplexity(p) = n", why="true only for equally likely outcomes"),
        FalseClaim(
            "perplexity(p) = 1 / sum(k: p[k]^2)",
            why=(
                "that is the inverse Simpson index, equal only for special cases: (1/2, 1/4, 1/4) gives 2.667 there and 2.828 "
                "here"
            ),
        ),
    ),
    exercises=(
        Exercise(
            "A model assigns probability 1/20 to every next word of a text, whatever the word. What is its perplexity?",
            "20: the mean surprisal is log 20.",
        ),
        Exercise("The perplexity falls from 40 to 20. How many bits per word are saved?", "log2 40 - log2 20 = 1 bit."),
    ),
    not_verified=("That a lower perplexity makes a language model more useful.",),
    references=(
        Reference("Jelinek, Mercer, Bahl, Baker, Perplexity: a Measure of the Difficulty of Speech Recognition Tasks (1977)"),
    ),
)
