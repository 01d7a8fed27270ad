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
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

PAIRS = "b (b - 1) / (N (N - 1)) + (b / N - b (b - 1) / (N (N - 1))) delta(i, j)"
AGAIN = "b (b - 1) / N^2 + (b / N) delta(i, j)"
FACTOR = "((N - b) / (N - 1))"

CARD = Card(
    name="mini_batch",
    title="Mini-batches",
    summary=(
        "Draw b of N samples, every choice equally likely, and take the mean of the batch for the mean of all. On average over "
        "the draws that is exactly right; its variance is that of the samples divided by b, times (N - b)/(N - 1), because "
        "nothing is drawn twice. With the gradients of the samples for x this is why stochastic gradient descent works."
    ),
    given=(
        "N: size >= 2; M: size; B: index[M]; i, j, k: index[N]; u: real[M, N]; x: real[N]; h: function; w, y: real; "
        "b: positive; v: nonnegative"
    ),
    define="mini_batch(x, u, b)[B] = sum(i: u[B, i] x[i]) / b",
    auxiliary=(
        "share(u)[i] = sum(B: u[B, i]) / M",
        "pair_share(u)[i, j] = sum(B: u[B, i] u[B, j]) / M",
    ),
    about="what is drawn when a batch is drawn",
    uses=("variance",),
    prerequisites=("variance", "gradient_descent"),
    derivations=(
        Derivation(
            "The average over all batches, sample by sample",
            key="linear",
            claim="sum(B: mini_batch(x, u, b)[B]) / M = sum(i: share(u)[i] x[i]) / b",
            steps=(
                Step(
                    "= sum(B: sum(i: u[B, i] x[i]) / b) / M", by=unfold, why="u[B, i] is 1 if sample i is in batch B, otherwise 0"
                ),
                Step(
                    "= sum(i: sum(B: u[B, i]) / M * x[i]) / b",
                    by=rewrite,
                    why="the sums change places: an average of sums is the sum of the averages",
                ),
                Step(
                    "= sum(i: share(u)[i] x[i]) / b",
                    by=fold,
                    why="in which share of the batches a sample is: its chance to be drawn",
                ),
            ),
            note="Nothing was assumed. An average over equally likely draws is always linear, whether the draws are independent or not.",
        ),
        Derivation(
            "The chance of a sample",
            key="chance",
            given="sum(i: u[B, i]) = b",
            claim="sum(i: share(u)[i]) = b",
            steps=(
                Step("= sum(i: sum(B: u[B, i]) / M)", by=unfold, why="the definition"),
                Step("= sum(B: sum(i: u[B, i])) / M", by=rewrite, why="the sums change places"),
                Step("= sum(B: b) / M", by=Use("sum(i: u[B, i]) = b"), why="every batch holds b samples"),
                Step("= b", by=rewrite, why="the average of b is b"),
            ),
            note="If no sample is preferred the N chances are equal, so each is b / N.",
        ),
        Derivation(
            "The mean of a batch is unbiased",
            key="unbiased",
            given="share(u)[i] = b / N",
            claim="sum(B: mini_batch(x, u, b)[B]) / M = mean(x)",
            steps=(
                Step("= sum(i: share(u)[i] x[i]) / b", by=Lemma("linear"), why="the average over all batches, sample by sample"),
                Step("= sum(i: (b / N) x[i]) / b", by=Use("share(u)[i] = b / N"), why="every sample has the chance b / N"),
                Step("= mean(x)", by=rewrite, why="b cancels"),
            ),
        ),
        Derivation(
            "The average square, pair by pair",
            key="square",
            claim="sum(B: mini_batch(x, u, b)[B]^2) / M = sum(i, j: pair_share(u)[i, j] x[i] x[j]) / b^2",
            steps=(
                Step("= sum(B: (sum(i: u[B, i] x[i]) / b)^2) / M", by=unfold, why="the definition"),
                Step(
                    "= sum(i, j: sum(B: u[B, i] u[B, j]) / M * x[i] x[j]) / b^2",
                    by=rewrite,
                    why="the square of a sum is a sum over pairs; then the sums change places",
                ),
                Step(
                    "= sum(i, j: pair_share(u)[i, j] x[i] x[j]) / b^2",
                    by=fold,
                    why="in which share of the batches both samples are",
                ),
            ),
        ),
        Derivation(
            "The chance of a pair",
            key="pair_chance",
            claim="N (b / N) + N (N - 1) (b (b - 1) / (N (N - 1))) = b^2",
            steps=(
                Step("= b + b (b - 1)", by=rewrite, why="N samples with the chance b/N, and N (N - 1) pairs of different ones"),
                Step("= b^2", by=rewrite, why="every batch has b^2 pairs, a sample with itself included"),
            ),
            note="So if no pair is preferred each pair of different samples has the chance b (b - 1) / (N (N - 1)).",
        ),
        Derivation(
            "The variance of the mean of a batch",
            key="variance",
            claim=f"sum(i, j: ({PAIRS}) x[i] x[j]) / b^2 - mean(x)^2 = {FACTOR} (variance(x) / b)",
            steps=(
                Step(
                    "= (b - 1) sum(i: x[i])^2 / (b N (N - 1)) + (N - b) sum(i: x[i]^2) / (b N (N - 1)) - mean(x)^2",
                    by=rewrite,
                    why=(
                        "the chances of the pairs, different or a sample with itself, multiply the products; a sum over all pairs is "
                        "the square of the sum, and the delta leaves the sum of the squares"
                    ),
                ),
                Step(
                    f"= {FACTOR} (sum(i: x[i]^2) / N - mean(x)^2) / b",
                    by=rewrite,
                    why="the sum is N times the mean; one denominator",
                ),
                Step(
                    f"= {FACTOR} (variance(x) / b)",
                    by=rewrite,
                    why="mean of the squares less square of the mean is the variance",
                ),
            ),
            note="Average square of the mean of a batch less the square of its average: that is the variance over the draws.",
        ),
        Derivation(
            "If samples may be drawn twice the factor is 1",
            key="with_replacement",
            claim=f"sum(i, j: ({AGAIN}) x[i] x[j]) / b^2 - mean(x)^2 = variance(x) / b",
            steps=(
                Step(
                    "= (b - 1) mean(x)^2 / b + sum(i: x[i]^2) / (b N) - mean(x)^2",
                    by=rewrite,
                    why=(
                        "b (b - 1) pairs of draws, each any pair of samples with the chance 1/N^2, and b draws with themselves; a sum "
                        "over all pairs is the square of the sum"
                    ),
                ),
                Step("= variance(x) / b", by=rewrite, why="mean of the squares less square of the mean, divided by b"),
            ),
        ),
        Derivation(
            "Without repetition it is never worse",
            key="factor",
            given="1 <= b",
            claim="(N - b) / (N - 1) <= 1",
            steps=(Step("<= 1", by=Certificate((Term("(b - 1) / (N - 1)"),)), why="the difference is (b - 1) / (N - 1)"),),
        ),
        Derivation(
            "The whole data set as one batch",
            key="full",
            claim="((N - N) / (N - 1)) (variance(x) / N) = 0",
            steps=(Step("= 0", by=rewrite, why="there is only one such batch: nothing is left to chance"),),
        ),
        Derivation(
            "One sample at a time",
            key="single",
            claim="((N - 1) / (N - 1)) (variance(x) / 1) = variance(x)",
            steps=(Step("= variance(x)", by=rewrite, why="the spread of the samples themselves"),),
        ),
        Derivation(
            "Four times the batch, half the noise",
            key="four",
            claim="sqrt(v / (4 b)) = sqrt(v / b) / 2",
            steps=(
                Step("= sqrt(v / b) / sqrt(4)", by=rewrite, why="the root of a quotient is the quotient of the roots"),
                Step("= sqrt(v / b) / 2", by=rewrite, why="the root of 4 is 2"),
            ),
            note="v is the variance of one sample. Noise falls like 1 / root b: doubling the batch doubles the work, not the precision.",
        ),
        Derivation(
            "The gradient of a batch is a mean of gradients",
            key="gradient",
            instance="h(y) = y^3 - y",
            claim="D(sum(i: u[B, i] h(w x[i])) / b, w) = sum(i: u[B, i] x[i] at(y = w x[i]: D(h(y), y))) / b",
            steps=(
                Step(
                    "= sum(i: u[B, i] D(h(w x[i]), w)) / b",
                    by=differentiate,
                    why="the derivative of a sum is the sum of the derivatives",
                ),
                Step(
                    "= sum(i: u[B, i] x[i] at(y = w x[i]: D(h(y), y))) / b",
                    by=differentiate,
                    why="the chain rule, sample by sample",
                ),
            ),
            note="So all the above holds with the gradients of the samples in the place of x: the step of a batch is right on average.",
        ),
    ),
    examples=(
        Example(
            "mini_batch([1, 2, 6], [[1, 1, 0], [1, 0, 1], [0, 1, 1]], 2) = [1.5, 3.5, 4]",
            source="all batches of two of three samples",
        ),
        Example("mean(mini_batch([1, 2, 6], [[1, 1, 0], [1, 0, 1], [0, 1, 1]], 2)) = 3", source="their mean is the mean of all"),
        Example(
            "variance(mini_batch([1, 2, 6], [[1, 1, 0], [1, 0, 1], [0, 1, 1]], 2)) = 7/6",
            source="(3 - 2)/(3 - 1) times 14/3 divided by 2",
        ),
    ),
    false_claims=(
        FalseClaim("mini_batch(x, u, b)[B] = mean(x)", why="right on average, not for each batch"),
        FalseClaim(
            "sum(B: mini_batch(x, u, b)[B]) / M = mean(x)",
            given="sum(i: u[B, i]) = b",
            why="batches of the right size are not enough: every sample must have the same chance",
        ),
        FalseClaim(f"{FACTOR} (variance(x) / b) = variance(x) / b", why="true only if samples may be drawn twice, or for b = 1"),
        FalseClaim("(N - b) / (N - 1) >= 1", given="1 <= b", why="drawing without repetition can only help"),
    ),
    exercises=(
        Exercise(
            "Keras draws batches of 32 of N = 512 samples: 16 to an epoch, as in the note's 16/16. By which factor is the noise of a "
            "batch smaller than that of a single sample?",
            "The variance by 32 (N - 1)/(N - b) = 34.1, the noise by its root, 5.8.",
        ),
    ),
    not_verified=(
        "That a shuffled epoch behaves like independent draws: its batches are dependent, each sample occurs exactly once.",
        "That the number of batches of size b is N! / (b! (N - b)!): only equal chances are used.",
    ),
    references=(
        Reference("Cochran, Sampling Techniques, chapter 2: simple random sampling"),
        Reference("Robbins, Monro, A stochastic approximation method (1951)"),
    ),
)
