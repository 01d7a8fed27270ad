"""An epoch: how many batches cover all samples once, and what the ragged last one does to the mean."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Reference,
    Step,
    Term,
    Use,
    fold,
    rewrite,
    telescope,
    unfold,
)

CARD = Card(
    name="epoch",
    title="An epoch and its batches",
    summary=(
        "One pass through all samples is called an epoch. Cut N shuffled samples into batches of b. If b does not divide "
        "N the last batch is smaller: n full ones and r samples more, n + 1 = N/b rounded up. Every sample is seen once. "
        "But the mean of the batch means is then not the mean of the samples: those of the last batch count b/r times as "
        "much."
    ),
    given="n, s, m: natural; b, r, u, v: natural >= 1; full, last: real",
    define="epoch(n, b, r) = n b + r",
    auxiliary=(
        "mean_of_means(full, last, n) = (n full + last) / (n + 1)",
        "sample_mean(full, last, n, b, r) = (n b full + r last) / (n b + r)",
    ),
    about="what one pass through the data is",
    prerequisites=("mini_batch",),
    derivations=(
        Derivation(
            "All samples, once",
            key="once",
            claim="sum(s = 1..n: b) + r = epoch(n, b, r)",
            steps=(
                Step("= n b + r", by=rewrite, why="n batches of b samples each make n b, and the last has r"),
                Step("= epoch(n, b, r)", by=fold, why="the definition of epoch, read backwards"),
            ),
        ),
        Derivation(
            "No sample in two batches",
            key="disjoint",
            given="s + 1 <= m; u <= b",
            claim="s b + u < m b + v",
            steps=(
                Step(
                    "<= (s + 1) b",
                    by=Certificate((Term("b - u"),)),
                    why="batch s + 1 holds the samples s b + u with u from 1 to b, so it ends at or before the sample (s + 1) b",
                ),
                Step(
                    "<= m b",
                    by=Certificate((Term("(m - s - 1) b"),)),
                    why="m is a later batch: s + 1 is at most m",
                ),
                Step(
                    "< m b + v",
                    by=Certificate((Term("v"),)),
                    why="v is at least 1: the later batch begins with the sample m b + 1",
                ),
            ),
            note="A later batch begins after the end of an earlier one: the numbers do not overlap.",
        ),
        Derivation(
            "No gap between them",
            key="gap_free",
            claim="(s b + b) + 1 = (s + 1) b + 1",
            steps=(
                Step(
                    "= (s + 1) b + 1",
                    by=rewrite,
                    why="batch s + 1 ends with sample s b + b; the next begins with the sample after it",
                ),
            ),
        ),
        Derivation(
            "The ends telescope",
            key="telescope",
            claim="sum(s = 0..n - 1: s b - (s + 1) b) = 0 b - n b",
            steps=(
                Step(
                    "= 0 b - n b",
                    by=telescope,
                    why="each end is the next beginning, so it is added once and taken away once: only the first and the last are left",
                ),
            ),
            note="Batch s + 1 holds (s + 1) b - s b = b samples, so the n full batches hold n b.",
        ),
        Derivation(
            "n batches are too few",
            key="too_few",
            claim="n < epoch(n, b, r) / b",
            steps=(
                Step(
                    "< epoch(n, b, r) / b",
                    by=Certificate((Term("r / b"),)),
                    why="n full batches hold n b samples, and r more are left over: N/b is larger than n by r/b",
                ),
            ),
        ),
        Derivation(
            "n + 1 batches are enough",
            key="enough",
            given="r <= b",
            claim="epoch(n, b, r) / b <= n + 1",
            steps=(
                Step(
                    "<= n + 1",
                    by=Certificate((Term("(b - r) / b"),)),
                    why="N/b is n + r/b, and r is at most b: the last batch has room for them",
                ),
            ),
            note="Both together: n + 1 is N/b rounded up.",
        ),
        Derivation(
            "The gap between the two means",
            key="gap",
            claim=(
                "mean_of_means(full, last, n) - sample_mean(full, last, n, b, r) = n (b - r) (last - full) / ((n + 1) (n b + r))"
            ),
            steps=(
                Step(
                    "= (n full + last) / (n + 1) - (n b full + r last) / (n b + r)",
                    by=unfold,
                    why="the definitions; full is the mean over all full batches, last the mean of the last batch",
                ),
                Step(
                    "= ((n full + last) (n b + r) - (n b full + r last) (n + 1)) / ((n + 1) (n b + r))",
                    by=rewrite,
                    why="both fractions are brought over the product of their denominators",
                ),
                Step(
                    "= n (b - r) (last - full) / ((n + 1) (n b + r))",
                    by=rewrite,
                    why="multiplied out, everything cancels but the terms with b - r",
                ),
            ),
            note="0 exactly if the batches are all full, if there is only one, or if the last is like the others.",
        ),
        Derivation(
            "With a full last batch both means agree",
            key="full",
            given="r = b",
            claim="mean_of_means(full, last, n) = sample_mean(full, last, n, b, r)",
            steps=(
                Step("= (n full + last) / (n + 1)", by=unfold, why="the definition of the mean of means, written out"),
                Step("= (n b full + b last) / (n b + b)", by=rewrite, why="numerator and denominator are both multiplied by b"),
                Step(
                    "= (n b full + r last) / (n b + r)",
                    by=Use("r = b"),
                    why="the last batch has r = b samples, so r may stand for b",
                ),
                Step(
                    "= sample_mean(full, last, n, b, r)", by=fold, why="the definition of the mean of the samples, read backwards"
                ),
            ),
        ),
        Derivation(
            "Weighing the batches by their sizes mends it",
            key="weighted",
            claim="n (b / (n b + r)) full + (r / (n b + r)) last = sample_mean(full, last, n, b, r)",
            steps=(
                Step(
                    "= (n b full + r last) / (n b + r)",
                    by=rewrite,
                    why="each batch is weighed by the share of the samples that it holds; the shares have one denominator",
                ),
                Step(
                    "= sample_mean(full, last, n, b, r)", by=fold, why="the definition of the mean of the samples, read backwards"
                ),
            ),
        ),
        Derivation(
            "A sample of the last batch counts more",
            key="weight",
            given="r <= b",
            claim="(1 / (n + 1)) / r >= (1 / (n + 1)) / b",
            steps=(
                Step(
                    ">= (1 / (n + 1)) / b",
                    by=Certificate((Term("(b - r) / ((n + 1) r b)"),)),
                    why="each batch has the weight 1/(n + 1), shared by r samples there and by b elsewhere",
                ),
            ),
            note="By the factor b/r: with b = 32 and one sample left over, 32 times as much.",
        ),
    ),
    examples=(
        Example("epoch(15, 32, 32) = 512", source="the 16/16 of a progress bar: sixteen batches of Keras's usual size 32"),
        Example("epoch(3, 32, 4) = 100", source="100 samples: three full batches and one of 4"),
        Example("mean_of_means(1, 5, 3) = 2", source="three full batches with the mean 1, a last one with the mean 5"),
        Example("sample_mean(1, 5, 3, 32, 4) = 1.16", source="(96 + 20)/100: 96 samples with the mean 1 and 4 with the mean 5"),
    ),
    false_claims=(
        FalseClaim(
            "mean_of_means(full, last, n) = sample_mean(full, last, n, b, r)",
            why="the samples of a smaller last batch count more: 2 against 1.16 in the examples",
        ),
        FalseClaim(
            "epoch(n, b, r) / b <= n",
            given="n: natural >= 1; r < b",
            why="the last batch is needed as well: 100 samples in batches of 32 make 3.125, so 4 batches",
        ),
        FalseClaim(
            "(1 / (n + 1)) / r <= (1 / (n + 1)) / b",
            given="n: natural >= 1; r < b",
            why="fewer samples share the weight of the last batch, so each has more of it",
        ),
    ),
    exercises=(
        Exercise(
            "1,000 samples, batch_size=32. How many steps does an epoch take, and how large is the last batch?",
            "32 steps: 31 full batches and one of 8.",
        ),
        Exercise(
            "What does dropping the last batch cost?",
            "At most b - 1 samples of each epoch; after shuffling they are others every time.",
        ),
    ),
    not_verified=("That shuffling makes every order equally likely.",),
    references=(Reference("Keras, Model.fit: batch_size, steps_per_epoch"),),
)
