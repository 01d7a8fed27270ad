"""Perplexity: how many equally likely outcomes would be as uncertain."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="perplexity",
    title="Perplexity",
    summary=(
        "The exponential of the entropy: a distribution of perplexity 10 is as uncertain as 10 equally likely outcomes. It "
        "lies between 1 and n and does not depend on the base of the logarithm. A language model is judged by the same "
        "number of its crossentropy."
    ),
    given="n: size; p: simplex[n]; i, j, k: index[n]",
    define="perplexity(p) = exp(-sum(k: p[k] log(p[k])))",
    numeric="mathcore.numeric.perplexity",
    units="a number of outcomes",
    uses=("entropy",),
    prerequisites=("entropy",),
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
        Example("perplexity([1/2, 1/2]) = 2"),
        Example("perplexity([1/4, 1/4, 1/4, 1/4]) = 4"),
        Example("perplexity([1, 0, 0]) = 1"),
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
        FalseClaim("perplexity(p) = n", why="only for equally likely outcomes"),
        FalseClaim("perplexity(p) = 1 / sum(k: p[k]^2)", why="that is the inverse Simpson index, equal only for special cases"),
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
