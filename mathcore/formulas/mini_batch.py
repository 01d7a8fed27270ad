"""Mini-batches: the mean of a batch is right on average, and how far it is off."""

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
    Term,
    differentiate,
    expectation,
    fold,
    rewrite,
    unfold,
)

AGAIN = "m (m - 1) / N^2 + (m / N) delta(i, j)"

CARD = Card(
    name="mini_batch",
    title="Mini-batches",
    summary=(
        "Why may a network learn from a few samples at a time? Draw b of N samples, every choice equally likely, and "
        "take the mean of the batch for the mean of all. On average over the draws that is exactly right; its variance "
        "is that of the samples divided by b, times (N - b)/(N - 1), because nothing is drawn twice. With the gradients "
        "of the samples for x this is why stochastic gradient descent works."
    ),
    given=("N, b: size; c: batch[N, b]; i, j, k: index[N]; u, x: real[N]; m: positive; h: function; w, y: real; v: nonnegative"),
    define="mini_batch(x, u, m) = sum(i: u[i] x[i]) / m",
    about="what is drawn when a batch is drawn",
    uses=("variance",),
    prerequisites=("variance", "gradient_descent"),
    derivations=(
        Derivation(
            "The chance of a sample",
            key="chance",
            given="b <= N",
            claim="mean(c: c[i]) = b / N",
            steps=(
                Step(
                    "= b / N",
                    by=expectation,
                    why="c[i] is 1 if sample i is drawn, otherwise 0; all samples have the same chance, and b of N are drawn",
                ),
            ),
        ),
        Derivation(
            "The average over all batches, sample by sample",
            key="linear",
            given="b <= N",
            claim="mean(c: mini_batch(x, c, b)) = sum(i: mean(c: c[i]) x[i]) / b",
            steps=(
                Step(
                    "= mean(c: sum(i: c[i] x[i]) / b)", by=unfold, why="the definition: the mean of the samples that were drawn"
                ),
                Step(
                    "= sum(i: mean(c: c[i]) x[i]) / b",
                    by=expectation,
                    why="an average of sums is the sum of the averages, whether the draws are independent or not",
                ),
            ),
        ),
        Derivation(
            "The mean of a batch is unbiased",
            key="unbiased",
            given="b <= N",
            claim="mean(c: mini_batch(x, c, b)) = mean(x)",
            steps=(
                Step(
                    "= sum(i: mean(c: c[i]) x[i]) / b",
                    by=Lemma("linear"),
                    why="the average over all batches, sample by sample, as just shown",
                ),
                Step("= sum(i: (b / N) x[i]) / b", by=expectation, why="every sample has the chance b / N of being drawn"),
                Step("= mean(x)", by=rewrite, why="b cancels, and the sum over all samples divided by N is their mean"),
            ),
        ),
        Derivation(
            "The chance of a pair",
            key="pair",
            given="b <= N; i != j",
            claim="mean(c: c[i] c[j]) = b (b - 1) / (N (N - 1))",
            steps=(
                Step(
                    "= b (b - 1) / (N (N - 1))",
                    by=expectation,
                    why="b (b - 1) ordered pairs of different samples are drawn, of N (N - 1), and all pairs are alike",
                ),
            ),
            note="Slightly less than (b/N)^2: what is drawn is no longer there for the others.",
        ),
        Derivation(
            "The average square",
            key="square",
            given="b <= N; N >= 2",
            claim=(
                "mean(c: mini_batch(x, c, b)^2) = (b - 1) sum(i: x[i])^2 / (b N (N - 1)) + (N - b) sum(i: x[i]^2) / (b N (N - 1))"
            ),
            steps=(
                Step("= mean(c: (sum(i: c[i] x[i]) / b)^2)", by=unfold, why="the definition of the mean of a batch, written out"),
                Step(
                    "= (b - 1) sum(i: x[i])^2 / (b N (N - 1)) + (N - b) sum(i: x[i]^2) / (b N (N - 1))",
                    by=expectation,
                    why=(
                        "the square of a sum is a sum over pairs: different samples have the chance of a pair, a sample with itself has "
                        "its own chance b/N"
                    ),
                ),
            ),
        ),
        Derivation(
            "The variance of the mean of a batch",
            key="variance",
            given="b <= N; N >= 2",
            claim="mean(c: (mini_batch(x, c, b) - mean(x))^2) = ((N - b) / (N - 1)) (variance(x) / b)",
            steps=(
                Step(
                    "= mean(c: mini_batch(x, c, b)^2) - 2 mean(x) mean(c: mini_batch(x, c, b)) + mean(x)^2",
                    by=expectation,
                    why="the square is multiplied out; the mean of all samples does not depend on the draw",
                ),
                Step(
                    "= mean(c: mini_batch(x, c, b)^2) - mean(x)^2",
                    by=Lemma("unbiased"),
                    why="the mean of a batch is the mean of all on average, as shown above: twice its square is taken away, once it is added",
                ),
                Step(
                    "= (b - 1) sum(i: x[i])^2 / (b N (N - 1)) + (N - b) sum(i: x[i]^2) / (b N (N - 1)) - mean(x)^2",
                    by=Lemma("square"),
                    why="the average square, as just shown",
                ),
                Step(
                    "= ((N - b) / (N - 1)) ((sum(i: x[i]^2) / N - mean(x)^2) / b)",
                    by=rewrite,
                    why="the sum of the samples is N times their mean; everything over one denominator",
                ),
                Step(
                    "= ((N - b) / (N - 1)) (variance(x) / b)",
                    by=Lemma("variance.squares", at="x = x"),
                    why="the mean of the squares less the square of the mean is the variance",
                ),
            ),
        ),
        Derivation(
            "If samples may be drawn twice the factor is 1",
            key="with_replacement",
            claim=f"sum(i, j: ({AGAIN}) x[i] x[j]) / m^2 - mean(x)^2 = variance(x) / m",
            steps=(
                Step(
                    "= (m - 1) mean(x)^2 / m + sum(i: x[i]^2) / (m N) - mean(x)^2",
                    by=rewrite,
                    why=(
                        "of the pairs of draws, m (m - 1) are different draws, each any pair of samples with the chance 1/N^2, and m are a draw with itself; a sum over all pairs is the square of the sum"
                    ),
                ),
                Step(
                    "= variance(x) / m",
                    by=rewrite,
                    why="the mean of the squares less the square of the mean is the variance, here divided by m",
                ),
            ),
        ),
        Derivation(
            "Without repetition it is never worse",
            key="factor",
            given="N >= 2",
            claim="(N - b) / (N - 1) <= 1",
            steps=(
                Step(
                    "<= 1",
                    by=Certificate((Term("(b - 1) / (N - 1)"),)),
                    why="what is missing to 1 is (b - 1) / (N - 1), and b is at least 1",
                ),
            ),
        ),
        Derivation(
            "The whole data set as one batch",
            key="full",
            given="N >= 2",
            claim="((N - N) / (N - 1)) (variance(x) / N) = 0",
            steps=(
                Step(
                    "= 0",
                    by=rewrite,
                    why="N - N is 0, and 0 times anything is 0: there is only one such batch, so nothing is left to chance",
                ),
            ),
        ),
        Derivation(
            "One sample at a time",
            key="single",
            given="N >= 2",
            claim="((N - 1) / (N - 1)) (variance(x) / 1) = variance(x)",
            steps=(
                Step(
                    "= variance(x)",
                    by=rewrite,
                    why="the first fraction is 1, and dividing by 1 changes nothing: the spread is that of the samples themselves",
                ),
            ),
        ),
        Derivation(
            "Four times the batch, half the noise",
            key="four",
            claim="sqrt(v / (4 m)) = sqrt(v / m) / 2",
            steps=(
                Step("= sqrt(v / m) / sqrt(4)", by=rewrite, why="the root of a quotient is the quotient of the roots"),
                Step("= sqrt(v / m) / 2", by=rewrite, why="the root of 4 is 2"),
            ),
            note="v is the variance of one sample, m the size of the batch: doubling the batch doubles the work, not the precision.",
        ),
        Derivation(
            "The gradient of a batch is the mean of its gradients",
            key="gradient",
            instance="h(y) = y^3 - y",
            claim="D(mini_batch(vector(k: h(w x[k])), u, m), w) = mini_batch(vector(k: D(h(w x[k]), w)), u, m)",
            steps=(
                Step(
                    "= D(sum(i: u[i] h(w x[i])) / m, w)",
                    by=unfold,
                    why="the loss of the batch u: the mean of the losses of its samples",
                ),
                Step(
                    "= sum(i: u[i] D(h(w x[i]), w)) / m",
                    by=differentiate,
                    why="a sum is differentiated term by term, and u and m do not depend on w",
                ),
                Step(
                    "= mini_batch(vector(k: D(h(w x[k]), w)), u, m)",
                    by=fold,
                    why="the definition of the mean of a batch, read backwards, with the gradients of the samples for x",
                ),
            ),
            note="So all the above holds with gradients for x: a step on a batch is, on average over the draws, a step on the whole loss.",
        ),
    ),
    examples=(
        Example(
            "(mini_batch([1, 2, 6], [1, 1, 0], 2) + mini_batch([1, 2, 6], [1, 0, 1], 2) + mini_batch([1, 2, 6], [0, 1, 1], 2)) / 3 = 3",
            source="all batches of two of three samples: 1.5, 3.5 and 4; their mean is the mean of all",
        ),
        Example(
            "variance([1.5, 3.5, 4]) = 7/6",
            source="(3 - 2)/(3 - 1) times 14/3 divided by 2",
        ),
    ),
    false_claims=(
        FalseClaim(
            "mini_batch(x, u, m) = mean(x)",
            given="sum(i: u[i]) = m",
            why="right on average, not for each batch: 1.5, 3.5 and 4 in the example, where the mean is 3",
        ),
        FalseClaim(
            "mean(c: (mini_batch(x, c, b) - mean(x))^2) = variance(x) / b",
            given="b <= N",
            why="that is the variance of draws with repetition; here nothing is drawn twice",
        ),
        FalseClaim(
            "mean(c: c[i] c[j]) = b^2 / N^2",
            given="b <= N; i != j",
            why="the draws are not independent: what is drawn once is not drawn again",
        ),
        FalseClaim(
            "mean(c: mini_batch(x, c, b)^2) = mean(x)^2",
            given="b <= N",
            why="an average of squares is not the square of the average: they differ by the variance",
        ),
        FalseClaim("(N - b) / (N - 1) >= 1", given="b <= N; N >= 2", why="drawing without repetition can only help"),
    ),
    exercises=(
        Exercise(
            (
                "Keras draws batches of 32 of N = 512 samples: 16 to an epoch, the 16/16 of its progress bar. By which factor is "
                "the noise of a batch smaller than that of a single sample?"
            ),
            "The variance by 32 (N - 1)/(N - b) = 34.1, the noise by its root, 5.8.",
        ),
    ),
    not_verified=(
        "That a shuffled epoch behaves like independent draws: its batches are dependent, each sample occurs exactly once.",
    ),
    references=(
        Reference("Cochran, Sampling Techniques, chapter 2: simple random sampling"),
        Reference("Robbins, Monro, A stochastic approximation method (1951)"),
    ),
)
