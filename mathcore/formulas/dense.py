"""The dense layer: forward, and the gradients by weights, bias and input."""

from mathcore.card import (
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    differentiate,
    entrywise,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="dense",
    title="Dense layer",
    summary=(
        "The layer that most networks are built of: every output is a weighted sum of all inputs plus a bias. For a "
        "batch X (one row is one sample) the layer is X W + b. What comes back from the loss, G, has the shape of the "
        "output; three short products turn it into the gradients by weights, bias and input. They add up over the batch; "
        "whoever wants the mean divides by its size."
    ),
    given=(
        "N, d, m, p: size; X: real[N, d]; W: real[d, m]; b: real[m]; G: real[N, m]; V: real[m, p]; e: real[p]; "
        "a, c: index[N]; k, l: index[d]; i, j: index[m]; q: index[p]"
    ),
    define="dense(X, W, b)[a, i] = sum(k: X[a, k] W[k, i]) + b[i]",
    auxiliary=("asked(X, W, b, G) = sum(a, i: G[a, i] dense(X, W, b)[a, i])",),
    about="a layer and its gradients, for any number of samples, inputs and outputs",
    uses=("matmul",),
    prerequisites=("matmul", "partial derivatives"),
    derivations=(
        Derivation(
            "As a matrix product",
            key="matrix",
            claim="dense(X, W, b)[a, i] = (X W)[a, i] + b[i]",
            steps=(
                Step("= sum(k: X[a, k] W[k, i]) + b[i]", by=unfold, why="the definition of the dense layer, written out"),
                Step(
                    "= matmul(X, W)[a, i] + b[i]",
                    by=fold,
                    why="the sum is the product of row a of X with column i of W, which is how matmul is defined",
                ),
                Step(
                    "= (X W)[a, i] + b[i]",
                    by=Lemma("matmul.juxtaposed", at="A = X; B = W; j = i; i = a"),
                    why="on paper the product of two matrices is written side by side, X W",
                ),
            ),
        ),
        Derivation(
            "An output depends on its own column of weights",
            key="jacobian_weights",
            claim="D(dense(X, W, b)[a, i], W[k, j]) = X[a, k] delta(i, j)",
            steps=(
                Step(
                    "= D(sum(l: X[a, l] W[l, i]) + b[i], W[k, j])",
                    by=unfold,
                    why="the definition of the dense layer, written out",
                ),
                Step(
                    "= X[a, k] delta(i, j)",
                    by=differentiate,
                    why="W[k, j] occurs only in output j, where the input X[a, k] multiplies it",
                ),
            ),
        ),
        Derivation(
            "... and on its own bias",
            key="jacobian_bias",
            claim="D(dense(X, W, b)[a, i], b[j]) = delta(i, j)",
            steps=(Step("= delta(i, j)", by=differentiate, why="b[j] is added to output j and to no other"),),
        ),
        Derivation(
            "A sample does not see the others",
            key="jacobian_input",
            claim="D(dense(X, W, b)[a, i], X[c, k]) = delta(a, c) W[k, i]",
            steps=(
                Step(
                    "= D(sum(l: X[a, l] W[l, i]) + b[i], X[c, k])",
                    by=unfold,
                    why="the definition of the dense layer, written out",
                ),
                Step(
                    "= delta(a, c) W[k, i]",
                    by=differentiate,
                    why="row a of the output is made of row a of the input alone, and there X[a, k] is multiplied by W[k, i]",
                ),
            ),
        ),
        Derivation(
            "The gradient by the weights",
            key="weights",
            claim="D(asked(X, W, b, G), W[k, j]) = (transpose(X) G)[k, j]",
            steps=(
                Step(
                    "= D(sum(a, i: G[a, i] (sum(l: X[a, l] W[l, i]) + b[i])), W[k, j])",
                    by=unfold,
                    why="G[a, i] is what the loss asks of output i of sample a, so the loss changes as this sum does",
                ),
                Step(
                    "= sum(a, i: G[a, i] X[a, k] delta(i, j))",
                    by=differentiate,
                    why="the derivative of each output by W[k, j] is X[a, k] delta(i, j)",
                ),
                Step(
                    "= sum(a: X[a, k] G[a, j])",
                    by=rewrite,
                    why="delta(i, j) is 0 unless i = j, so of the sum over i only that term is left",
                ),
                Step("= (transpose(X) G)[k, j]", by=entrywise, why="column k of X times column j of G: the matrix X' G"),
            ),
            note="G is held fixed: it is the gradient of the loss by the outputs. That is the chain rule, written as one sum.",
        ),
        Derivation(
            "The gradient by the bias",
            key="bias",
            claim="D(asked(X, W, b, G), b[j]) = sum(a: G[a, j])",
            steps=(
                Step(
                    "= sum(a, i: G[a, i] delta(i, j))",
                    by=differentiate,
                    why="output j of every sample holds b[j] once, and no other output holds it",
                ),
                Step(
                    "= sum(a: G[a, j])",
                    by=rewrite,
                    why="of the sum over i only i = j is left: column j of G is added up over the samples",
                ),
            ),
        ),
        Derivation(
            "The gradient by the input",
            key="input",
            claim="D(asked(X, W, b, G), X[c, k]) = (G transpose(W))[c, k]",
            steps=(
                Step(
                    "= sum(a, i: G[a, i] delta(a, c) W[k, i])",
                    by=differentiate,
                    why="only the outputs of sample c depend on X[c, k], output i with the slope W[k, i]",
                ),
                Step("= sum(i: G[c, i] W[k, i])", by=rewrite, why="of the sum over samples only sample c is left"),
                Step("= (G transpose(W))[c, k]", by=entrywise, why="row c of G times row k of W: the matrix G W'"),
            ),
            note="This is what the layer hands down to the layer below it.",
        ),
        Derivation(
            "Two dense layers with nothing between are one",
            key="collapse",
            claim=("dense(dense(X, W, b), V, e)[a, q] = dense(X, W V, transpose(V) b + e)[a, q]"),
            steps=(
                Step(
                    "= sum(i: (sum(k: X[a, k] W[k, i]) + b[i]) V[i, q]) + e[q]",
                    by=unfold,
                    why="the definition of the dense layer, twice: the output of the first is the input of the second",
                ),
                Step(
                    "= sum(i: sum(k: X[a, k] W[k, i]) V[i, q]) + sum(i: b[i] V[i, q]) + e[q]",
                    by=rewrite,
                    why="the bracket is multiplied by V[i, q], and the sum is taken apart",
                ),
                Step(
                    "= sum(k: X[a, k] sum(i: W[k, i] V[i, q])) + sum(i: b[i] V[i, q]) + e[q]",
                    by=rewrite,
                    why="finite sums may be taken in either order: first over the hidden outputs i, then over the inputs k",
                ),
                Step(
                    "= dense(X, W V, transpose(V) b + e)[a, q]",
                    by=fold,
                    why=(
                        "the inner sum is entry k, q of W V, and the rest is entry q of V' b + e: a dense layer again, with these "
                        "weights and this bias"
                    ),
                ),
            ),
            note="So depth gains nothing without an activation that is not a straight line.",
        ),
        Derivation(
            "How many numbers are learned",
            key="count",
            claim="sum(k, i: 1) + sum(i: 1) = (d + 1) m",
            steps=(
                Step("= d m + m", by=rewrite, why="one weight for every pair of input and output, one bias for every output"),
                Step("= (d + 1) m", by=rewrite, why="both terms have the factor m, which is taken out"),
            ),
        ),
    ),
    examples=(
        Example(
            "dense([[30, 50, 1/10]], [[10], [-2], [20]], [4]) = [[206]]",
            source="the ice-cream shop of the student's note: 30 degrees, 50 % humidity, 10 % discount",
        ),
        Example(
            "dense([[1, 2], [0, 0]], [[1, 0], [0, 1]], [5, 6]) = [[6, 8], [5, 6]]",
            source="each sample plus the bias, as the weights are the unit matrix",
        ),
    ),
    false_claims=(
        FalseClaim(
            "D(dense(X, W, b)[a, i], W[k, j]) = X[a, k]", why="an output does not depend on the weights of the other outputs"
        ),
        FalseClaim(
            "D(asked(X, W, b, G), b[j]) = sum(a: G[a, j]) / N", why="the gradients of the samples are added, not averaged"
        ),
        FalseClaim(
            "dense(dense(X, W, b), V, e)[a, q] = dense(X, W V, e)[a, q]",
            why="the first bias goes through the second layer as well: it becomes V' b",
        ),
        FalseClaim("dense(vector(c, k: 2 X[c, k]), W, b)[a, i] = 2 dense(X, W, b)[a, i]", why="the bias is not doubled"),
    ),
    exercises=(
        Exercise(
            "A layer has 3 inputs and 1 output. How many numbers does it learn?", "(3 + 1) 1 = 4: three weights and a bias."
        ),
        Exercise(
            "Which shapes do X' G and G W' have?",
            "d by m, as W; and N by d, as X. A gradient always has the shape of what it belongs to.",
        ),
    ),
    not_verified=("How floats compute it: NumPy's matrix product, in an order of its own.",),
    references=(
        Reference("Keras, Dense: the kernel has the shape (inputs, outputs)"),
        Reference("Goodfellow, Bengio, Courville, Deep Learning, section 6.5"),
    ),
)
