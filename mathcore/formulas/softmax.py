"""Softmax: probabilities from scores."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Monotone,
    Reference,
    Step,
    Substitute,
    Term,
    Use,
    differentiate,
    fold,
    limit,
    rewrite,
    unfold,
)

CARD = Card(
    name="softmax",
    title="Softmax",
    summary=(
        "Softmax turns any list of scores (logits) into probabilities: each is positive, together they make 1, and a "
        "higher score never gets a smaller share. The score differences decide; their common level does not matter. It "
        "belongs on scores, and once: softmax of probabilities flattens them."
    ),
    given="n: size; z, u: real[n]; c: real; T, b: positive; i, j, k, l: index[n]",
    define="softmax(z)[i] = exp(z[i]) / sum(k: exp(z[k]))",
    notation=("s[i] = softmax(z)[i]",),
    numeric="mathcore.numeric.softmax",
    units="probability",
    prerequisites=("the exponential function", "partial derivatives"),
    derivations=(
        Derivation(
            "The parts make a whole",
            key="sum",
            claim="sum(i: s[i]) = 1",
            steps=(
                Step("= sum(i: exp(z[i]) / sum(k: exp(z[k])))", by=unfold, why="the definition of softmax, written out"),
                Step(
                    "= sum(i: exp(z[i])) / sum(k: exp(z[k]))",
                    by=rewrite,
                    why="the denominator does not depend on i, so it leaves the sum",
                ),
                Step(
                    "= 1",
                    by=rewrite,
                    why="both sums are the same, with the index named differently, and a positive number over itself is 1",
                ),
            ),
        ),
        Derivation(
            "A shift changes nothing",
            key="shift",
            claim="softmax(vector(k: z[k] + c))[i] = s[i]",
            steps=(
                Step(
                    "= exp(z[i] + c) / sum(k: exp(z[k] + c))", by=unfold, why="the definition of softmax, for the shifted scores"
                ),
                Step(
                    "= exp(z[i]) exp(c) / sum(k: exp(z[k]) exp(c))",
                    by=rewrite,
                    why="the exponential of a sum is a product of exponentials",
                ),
                Step(
                    "= exp(z[i]) / sum(k: exp(z[k]))",
                    by=rewrite,
                    why="exp(c) does not depend on k: it leaves the sum and cancels",
                ),
                Step("= s[i]", by=fold, why="the definition of softmax, read backwards"),
            ),
            note="This is why an implementation may subtract the largest score first: no exponential overflows, and nothing changes.",
        ),
        Derivation(
            "Every class keeps a chance",
            key="positive",
            claim="s[i] > 0",
            steps=(
                Step(
                    "> 0",
                    by=Certificate((Term("exp(z[i]) / sum(k: exp(z[k]))"),)),
                    why="every exponential is positive, and sums and quotients of positive numbers are positive",
                ),
            ),
            note="Over the reals no prediction of softmax is exactly 0. In floats a far loser rounds to 0.",
        ),
        Derivation(
            "No class gets all",
            key="below_one",
            given="m: size >= 2; w: real[m]; a, b: index[m]",
            claim="softmax(w)[a] < 1",
            steps=(
                Step(
                    "< 1",
                    by=Certificate((Term("sum(b: (1 - delta(a, b)) softmax(w)[b])"),)),
                    why="what is missing to 1 is the share of all the others; there is at least one, and its share is positive",
                ),
            ),
        ),
        Derivation(
            "The ratio of two probabilities",
            key="ratio",
            claim="s[i] / s[j] = exp(z[i] - z[j])",
            steps=(
                Step("= exp(z[i]) / exp(z[j])", by=unfold, why="the definition of softmax; the common denominator cancels"),
                Step("= exp(z[i] - z[j])", by=rewrite, why="a quotient of exponentials is the exponential of the difference"),
            ),
        ),
        Derivation(
            "Equal scores, equal chances",
            key="equal",
            claim="softmax(vector(k: c))[i] = 1 / n",
            steps=(
                Step("= exp(c) / sum(k: exp(c))", by=unfold, why="the definition of softmax, for equal scores c"),
                Step("= exp(c) / (n exp(c))", by=rewrite, why="the sum has n equal terms exp(c)"),
                Step("= 1 / n", by=rewrite, why="exp(c) is positive, and cancels"),
            ),
        ),
        Derivation(
            "From log probabilities back to probabilities",
            key="inverse",
            given="q: positive[n]; sum(k: q[k]) = 1",
            claim="softmax(vector(k: log(q[k]) + c))[i] = q[i]",
            steps=(
                Step(
                    "= exp(log(q[i]) + c) / sum(k: exp(log(q[k]) + c))", by=unfold, why="the definition of softmax, written out"
                ),
                Step(
                    "= q[i] / sum(k: q[k])", by=rewrite, why="exp(log(q) + c) is q exp(c), and exp(c) leaves the sum and cancels"
                ),
                Step("= q[i]", by=Use("sum(k: q[k]) = 1"), why="q is a distribution: it sums to 1, so the denominator is 1"),
            ),
            note="So every distribution without zeros is a softmax, and its scores are known up to a shift.",
        ),
        Derivation(
            "The Jacobian",
            key="jacobian",
            claim="D(s[i], z[j]) = s[i] (delta(i, j) - s[j])",
            steps=(
                Step("= D(exp(z[i]) / sum(k: exp(z[k])), z[j])", by=unfold, why="the definition of softmax, written out"),
                Step(
                    "= (delta(i, j) exp(z[i]) sum(k: exp(z[k])) - exp(z[i]) exp(z[j])) / sum(k: exp(z[k]))^2",
                    by=differentiate,
                    why="the quotient rule; z[i] moves with z[j] only if i = j, and of the denominator only the term k = j does",
                ),
                Step(
                    "= (exp(z[i]) / sum(k: exp(z[k]))) (delta(i, j) - exp(z[j]) / sum(k: exp(z[k])))",
                    by=rewrite,
                    why="the fraction is taken apart: one factor of the squared denominator goes to each part",
                ),
                Step("= s[i] (delta(i, j) - s[j])", by=fold, why="the definition of softmax, twice, read backwards"),
            ),
            note="The slopes of all probabilities by all scores, one for each pair i, j, are together called the Jacobian.",
        ),
        Derivation(
            "What one class gains the others lose",
            key="row_sums",
            claim="sum(i: D(s[i], z[j])) = 0",
            steps=(
                Step(
                    "= sum(i: s[i] (delta(i, j) - s[j]))",
                    by=differentiate,
                    why="each entry of the Jacobian is s[i] (delta(i, j) - s[j]), as just shown",
                ),
                Step(
                    "= s[j] - s[j] sum(i: s[i])",
                    by=rewrite,
                    why="delta(i, j) keeps the term i = j alone, and s[j] does not depend on i: it leaves the sum",
                ),
                Step("= 0", by=rewrite, why="the probabilities sum to 1, so s[j] is taken from itself: 0 is left"),
            ),
        ),
        Derivation(
            "A common push changes nothing",
            key="shift_direction",
            claim="sum(j: D(s[i], z[j])) = 0",
            steps=(
                Step(
                    "= sum(j: s[i] (delta(i, j) - s[j]))",
                    by=differentiate,
                    why="each entry of the Jacobian is s[i] (delta(i, j) - s[j])",
                ),
                Step(
                    "= s[i] - s[i] sum(j: s[j])",
                    by=rewrite,
                    why="delta(i, j) keeps the term j = i alone, and s[i] does not depend on j: it leaves the sum",
                ),
                Step("= 0", by=rewrite, why="the probabilities sum to 1: raising all scores together moves nothing"),
            ),
        ),
        Derivation(
            "The order of the scores is kept",
            key="order",
            claim="z[i] <= z[j] => s[i] <= s[j]",
            steps=(
                Step("= exp(z[i]) / sum(k: exp(z[k]))", by=unfold, why="the definition of softmax, written out"),
                Step(
                    "<= exp(z[j]) / sum(k: exp(z[k]))",
                    by=Monotone("exp(x) / sum(k: exp(z[k]))", variable="x: real", inner="z[i] <= z[j]", by=Use("z[i] <= z[j]")),
                    why="the exponential grows, and the denominator is the same positive number",
                ),
                Step("= s[j]", by=fold, why="the definition of softmax, read backwards"),
            ),
        ),
        Derivation(
            "Hot: everything becomes equally likely",
            key="hot",
            claim="lim(T -> inf: softmax(vector(k: z[k] / T))[i]) = 1 / n",
            steps=(
                Step(
                    "= lim(T -> inf: exp(z[i] / T) / sum(k: exp(z[k] / T)))",
                    by=unfold,
                    why="the definition of softmax, for the scores divided by T",
                ),
                Step(
                    "= lim(b -> 0+: exp(b z[i]) / sum(k: exp(b z[k])))",
                    by=Substitute("T = 1 / b"),
                    why="T is replaced by 1/b: as T grows without bound, b tends to 0 from above",
                ),
                Step(
                    "= 1 / sum(k: 1)",
                    by=limit,
                    why="b z[k] tends to 0 for every k, exp is continuous, and exp(0) = 1: above and below every exponential tends to 1",
                ),
                Step("= 1 / n", by=rewrite, why="the sum has n terms, each of them 1"),
            ),
        ),
        Derivation(
            "Cold: the winner takes all",
            key="cold",
            given="k != j => z[k] < z[j]",
            claim="lim(T -> 0+: softmax(vector(l: z[l] / T))[i]) = delta(i, j)",
            steps=(
                Step(
                    "= lim(T -> 0+: exp(z[i] / T) / sum(l: exp(z[l] / T)))",
                    by=unfold,
                    why="the definition of softmax, for the scores divided by T",
                ),
                Step(
                    "= lim(T -> 0+: exp((z[i] - z[j]) / T) / sum(l: exp((z[l] - z[j]) / T)))",
                    by=rewrite,
                    why="numerator and denominator are divided by exp(z[j] / T), where z[j] is the largest score",
                ),
                Step(
                    "= delta(i, j) / sum(l: delta(l, j))",
                    by=limit,
                    why="a negative number over T tends to -inf, and its exponential to 0; for the winner it stays exp(0) = 1",
                ),
                Step("= delta(i, j)", by=rewrite, why="of the sum only the term l = j is 1: there is exactly one winner"),
            ),
            note="The maximum has to be unique: m equal winners share the probability, 1/m each.",
        ),
        Derivation(
            "The exponential lies above its tangent",
            key="tangent",
            claim="exp(c) >= 1 + c",
            equality="c = 0",
            steps=(
                Step(
                    ">= 1 + c",
                    by=Monotone("exp(c) - 1 - c", variable="c: real", turning="0"),
                    why="the gap exp(c) - 1 - c has the slope exp(c) - 1: it falls until c = 0, where it is 0, and rises after",
                ),
            ),
            note="No other line of this page needs it; the bounds on other pages rest on it.",
        ),
    ),
    invariants=(
        Law("sums to one", "sum(i: s[i]) = 1", why="the outputs are no probabilities: they do not add up to 1"),
        Law("is a probability", "0 <= s[i] <= 1", why="an output lies outside [0, 1]"),
        Law("keeps the order", "z[i] <= z[j] => s[i] <= s[j]", why="a higher score got a smaller probability"),
        Law(
            "ignores a shift",
            "softmax(vector(k: z[k] + c))[i] = s[i]",
            why="adding one number to all scores changed the probabilities",
        ),
        Law(
            "ratio of two",
            "s[i] exp(z[j]) = s[j] exp(z[i])",
            given="-30 <= z[k]; z[k] <= 30",
            why="two probabilities do not differ by the factor exp(difference of scores)",
        ),
    ),
    accuracy=Accuracy(float64=5, float32=0.51, float16=0.51, masks=True, domain="every input, -inf masks included"),
    examples=(
        Example("softmax([0.4, 0.6, 0.2]) = [0.32893292, 0.40175958, 0.2693075]", source="the student's note of 2023-02-27"),
        Example("softmax([0, 0]) = [1/2, 1/2]", source="equal scores"),
        Example("softmax([1, 2, 3]) = [0.09003057, 0.24472847, 0.66524096]", source="each is e = 2.718 times the one before"),
        Example("softmax([1000, 1000, 1000, 1000]) = [1/4, 1/4, 1/4, 1/4]", source="no overflow"),
        Example("softmax([-inf, 0, 0]) = [0, 1/2, 1/2]", source="a score of -inf is a mask"),
        Example("softmax([5]) = [1]", source="one class is certain"),
    ),
    mistakes=(
        "mathcore.mistakes.softmax.without_shift",
        "mathcore.mistakes.softmax.base_two",
        "mathcore.mistakes.softmax.over_everything",
        "mathcore.mistakes.softmax.over_the_wrong_axis",
        "mathcore.mistakes.softmax.sigmoid",
        "mathcore.mistakes.softmax.of_ranks",
        "mathcore.mistakes.softmax.slightly_warm",
        "mathcore.mistakes.softmax.guarded_denominator",
        "mathcore.mistakes.softmax.in_single_precision",
        "mathcore.mistakes.softmax.of_sigmoids",
    ),
    false_claims=(
        FalseClaim(
            "s[i] + s[j] = 1", given="i != j", why="true only of two classes: with three equal scores two of them make 2/3"
        ),
        FalseClaim(
            "softmax(vector(k: 2 z[k]))[i] = s[i]",
            why="a shift changes nothing, but a factor does: [0, 1] gives 0.731 for the second, [0, 2] gives 0.881",
        ),
        FalseClaim("D(s[i], z[j]) = s[i] (1 - s[i])", why="true only for i = j; the other entries are -s[i] s[j]"),
        FalseClaim(
            "softmax(vector(k: s[k]))[i] = s[i]",
            why="softmax twice is not softmax, it flattens the probabilities: [1, 0] becomes [0.731, 0.269]",
        ),
    ),
    exercises=(
        Exercise(
            "With two classes, write s[1] as a function of z[1] - z[2] alone.",
            "Divide by exp(z[1]): s[1] = 1 / (1 + exp(-(z[1] - z[2]))), the sigmoid of the difference.",
        ),
        Exercise(
            "All scores double. Does the prediction change? Do the probabilities?",
            "The order stays, so the predicted class stays; the probabilities move towards the winner (temperature 1/2).",
        ),
        Exercise(
            "Scores 0.4, 0.6 and 0.2 came out of three sigmoids. Why is softmax of them not the model's probability?",
            "Softmax acts on logits. Applied to numbers in (0, 1) it can never be confident: with three classes no result exceeds e / (e + 2) = 0.576.",
        ),
    ),
    not_verified=("That the outputs are calibrated: a probability of 0.9 need not be right nine times in ten.",),
    references=(
        Reference("Bridle, Probabilistic interpretation of feedforward classification network outputs (1990)"),
        Reference(
            "Blanchard, Higham, Higham, Accurately computing the log-sum-exp and softmax functions, IMA J. Numer. Anal. 41 (2021)",
            "doi:10.1093/imanum/draa038",
        ),
    ),
)
