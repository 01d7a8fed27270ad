"""Backpropagation: the gradient of a network, layer by layer from the top."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Induction,
    Reference,
    Step,
    Term,
    Use,
    differentiate,
    entrywise,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="backpropagation",
    title="Backpropagation",
    summary=(
        "How are the gradients of all weights of a network found in one sweep? How much the loss changes with the score "
        "of a neuron is called its delta. The deltas of a layer are made of those of the layer above: weigh them by the "
        "connections, add, and multiply by the slope of the activation. Each gradient is then a product of two numbers: "
        "what came in from below, and the delta from above. The network of this page has one hidden layer: weights W and "
        "biases b below, the activation phi, weights V and biases c above; top and low are the deltas of its two layers."
    ),
    given=(
        "d, h, m: size; x: real[d]; W: real[d, h]; b: real[h]; V: real[h, m]; c, t, r, e: real[m]; s, g: real[h]; "
        "phi: function; u: real; k, q: index[h]; l: index[d]; i, j: index[m]; n, T: natural; E: real[naturals]; "
        "rho: positive"
    ),
    define="backpropagation(V, r, s)[k] = s[k] sum(i: V[k, i] r[i])",
    auxiliary=("half_squared_error(t, e) = sum(i: (e[i] - t[i])^2) / 2",),
    notation=(
        "z[k] = dense([x], W, b)[1, k]",
        "y[i] = sum(k: phi(z[k]) V[k, i]) + c[i]",
        "top[i] = y[i] - t[i]",
        "slope[k] = at(u = z[k]: D(phi(u), u))",
        "low[k] = slope[k] sum(i: V[k, i] top[i])",
    ),
    about="how the chain rule runs through a network",
    uses=("dense", "gradient_descent"),
    prerequisites=("matmul", "dense", "the chain rule"),
    derivations=(
        Derivation(
            "The delta of an output",
            key="top",
            claim="D(half_squared_error(t, e), e[j]) = e[j] - t[j]",
            steps=(
                Step(
                    "= D(sum(i: (e[i] - t[i])^2) / 2, e[j])",
                    by=unfold,
                    why="the definition of half the squared error, written out",
                ),
                Step(
                    "= e[j] - t[j]",
                    by=differentiate,
                    why="only the term i = j depends on e[j], with the slope 2 (e[j] - t[j]), and the 2 cancels the 1/2",
                ),
            ),
            note="Prediction minus target. Sigmoid with binary crossentropy and softmax with categorical crossentropy give the same.",
        ),
        Derivation(
            "The upper weights",
            key="upper_weights",
            instance="phi(u) = u^3 - u",
            claim="D(half_squared_error(t, vector(i: y[i])), V[k, j]) = phi(z[k]) top[j]",
            steps=(
                Step(
                    "= sum(i: top[i] D(y[i], V[k, j]))",
                    by=differentiate,
                    why="the chain rule: the loss depends on V through each output y",
                ),
                Step(
                    "= sum(i: top[i] phi(z[k]) delta(i, j))",
                    by=differentiate,
                    why="V[k, j] stands only in output j, beside the activation of neuron k",
                ),
                Step("= phi(z[k]) top[j]", by=rewrite, why="of the sum only i = j is left: what came in times the delta above"),
            ),
        ),
        Derivation(
            "The upper bias",
            key="upper_bias",
            instance="phi(u) = u^3 - u",
            claim="D(half_squared_error(t, vector(i: y[i])), c[j]) = top[j]",
            steps=(
                Step(
                    "= sum(i: top[i] D(y[i], c[j]))",
                    by=differentiate,
                    why="the chain rule: the loss depends on c through each output y",
                ),
                Step(
                    "= top[j]", by=differentiate, why="c[j] is added to output j and to no other, so only the term i = j is left"
                ),
            ),
        ),
        Derivation(
            "The recursion: the delta of a hidden neuron",
            key="delta",
            instance="phi(u) = u^3 - u",
            claim="D(half_squared_error(t, vector(i: y[i])), b[k]) = low[k]",
            steps=(
                Step(
                    "= sum(i: top[i] D(y[i], b[k]))",
                    by=differentiate,
                    why="the chain rule: the loss depends on b through each output y",
                ),
                Step(
                    "= sum(i: top[i] V[k, i] slope[k])",
                    by=differentiate,
                    why="b[k] moves the score of neuron k alone; its activation answers with its slope and reaches output i through V[k, i]",
                ),
                Step("= slope[k] sum(i: V[k, i] top[i])", by=rewrite, why="the slope does not depend on i: it leaves the sum"),
                Step("= low[k]", by=fold, why="the definitions of low and slope, read backwards"),
            ),
            note="A bias is added to the score, so the derivative by the bias is the derivative by the score: the delta.",
        ),
        Derivation(
            "The lower weights",
            key="lower_weights",
            instance="phi(u) = u^3 - u",
            claim="D(half_squared_error(t, vector(i: y[i])), W[l, k]) = x[l] low[k]",
            steps=(
                Step(
                    "= sum(i: top[i] D(y[i], W[l, k]))",
                    by=differentiate,
                    why="the chain rule: the loss depends on W through each output y",
                ),
                Step(
                    "= sum(i: top[i] V[k, i] slope[k] x[l])",
                    by=differentiate,
                    why="W[l, k] moves the score of neuron k by x[l]; from there the way up is that of the bias",
                ),
                Step(
                    "= x[l] slope[k] sum(i: V[k, i] top[i])",
                    by=rewrite,
                    why="x[l] and slope[k] do not depend on i: they leave the sum",
                ),
                Step("= x[l] low[k]", by=fold, why="what came in times the delta: the same form as in the layer above"),
            ),
        ),
        Derivation(
            "The gradient by the input",
            key="input",
            instance="phi(u) = u^3 - u",
            claim="D(half_squared_error(t, vector(i: y[i])), x[l]) = sum(k: W[l, k] low[k])",
            steps=(
                Step(
                    "= sum(i: top[i] D(y[i], x[l]))",
                    by=differentiate,
                    why="the chain rule: the loss depends on x through each output y",
                ),
                Step(
                    "= sum(i: top[i] sum(k: V[k, i] slope[k] W[l, k]))",
                    by=differentiate,
                    why="x[l] moves the score of every neuron k by W[l, k]; from there the way up is that of the bias, added up over k",
                ),
                Step(
                    "= sum(k: W[l, k] slope[k] sum(i: V[k, i] top[i]))",
                    by=rewrite,
                    why="finite sums may be taken in either order, and W and the slope do not depend on i",
                ),
                Step(
                    "= sum(k: W[l, k] low[k])",
                    by=fold,
                    why="the deltas of the hidden layer, weighed by the connections: the recursion goes on below",
                ),
            ),
        ),
        Derivation(
            "The recursion has a name",
            key="recursion",
            instance="phi(u) = u^3 - u",
            claim="low[k] = backpropagation(V, vector(i: top[i]), vector(q: slope[q]))[k]",
            steps=(
                Step(
                    "= backpropagation(V, vector(i: top[i]), vector(q: slope[q]))[k]",
                    by=unfold,
                    why="the definition of backpropagation, for the deltas above and the slopes of this layer",
                ),
            ),
        ),
        Derivation(
            "In matrix form",
            key="matrix",
            claim="backpropagation(V, r, s)[k] = s[k] (V r)[k]",
            steps=(
                Step("= s[k] sum(i: V[k, i] r[i])", by=unfold, why="the definition of backpropagation, written out"),
                Step(
                    "= s[k] (V r)[k]", by=entrywise, why="row k of V times the deltas above; the slopes multiply entry by entry"
                ),
            ),
        ),
        Derivation(
            "The way back is the way there, transposed",
            key="adjoint",
            claim="sum(k: g[k] backpropagation(V, r, s)[k]) = sum(i: sum(k: V[k, i] s[k] g[k]) r[i])",
            steps=(
                Step("= sum(k: g[k] s[k] sum(i: V[k, i] r[i]))", by=unfold, why="the definition of backpropagation, written out"),
                Step(
                    "= sum(i: sum(k: V[k, i] s[k] g[k]) r[i])",
                    by=rewrite,
                    why="finite sums may be taken in either order: the sum over i is taken last",
                ),
            ),
            note="On the right a change g of the scores goes up: times the slopes, through the weights, to the outputs. Up or down, the product is the same.",
        ),
        Derivation(
            "Where the slope is 0 nothing comes through",
            key="dead",
            given="s[k] = 0",
            claim="backpropagation(V, r, s)[k] = 0",
            steps=(
                Step("= s[k] sum(i: V[k, i] r[i])", by=unfold, why="the definition of backpropagation, written out"),
                Step("= 0", by=Use("s[k] = 0"), why="the slope s[k] is 0, and 0 times anything is 0"),
            ),
            note="So a ReLU that is off learns nothing from this sample, and a sigmoid far from 0 almost nothing.",
        ),
        Derivation(
            "A bound for one delta: its slope, its weights and the deltas above",
            key="size",
            claim="backpropagation(V, r, s)[k]^2 <= s[k]^2 (sum(i: V[k, i]^2) sum(i: r[i]^2))",
            steps=(
                Step(
                    "= s[k]^2 sum(i: V[k, i] r[i])^2",
                    by=unfold,
                    why="the definition of backpropagation, squared: a square of a product is the product of the squares",
                ),
                Step(
                    "<= s[k]^2 (sum(i: V[k, i]^2) sum(i: r[i]^2))",
                    by=Certificate(
                        (Term("s[k]^2", lemma="gradient_descent.cauchy_schwarz", at="g = vector(i: V[k, i]); u = r"),)
                    ),
                    why="Cauchy and Schwarz: the square of a sum of products is at most the sum of squares of the one times that of the other",
                ),
            ),
        ),
        Derivation(
            "... and for a whole layer",
            key="layer",
            given="s[k]^2 <= u^2",
            claim="sum(k: backpropagation(V, r, s)[k]^2) <= u^2 sum(k, i: V[k, i]^2) sum(i: r[i]^2)",
            steps=(
                Step(
                    "<= u^2 sum(k, i: V[k, i]^2) sum(i: r[i]^2)",
                    by=Certificate(
                        (
                            Term(
                                "s[k]^2",
                                lemma="gradient_descent.cauchy_schwarz",
                                at="g = vector(i: V[k, i]); u = r",
                                over="k",
                            ),
                            Term("(u^2 - s[k]^2) sum(i: V[k, i]^2) sum(i: r[i]^2)", over="k"),
                        )
                    ),
                    why="the bound just shown, for each neuron with the largest slope u of the layer in place of its own, added up",
                ),
            ),
            note="For the sigmoid u = 1/4: unless the weights are large, a layer hands down less than it gets.",
        ),
        Derivation(
            "Many layers: deltas vanish",
            key="vanish",
            given="E[T + 1] <= rho E[T]",
            claim="E[n] <= rho^n E[0]",
            steps=(
                Step(
                    "<= rho^n E[0]",
                    by=Induction(
                        "n",
                        start=Certificate((Term("0"),)),
                        step=Certificate((Term("rho E[n] - E[n + 1]"), Term("rho (rho^n E[0] - E[n])"))),
                    ),
                    why="each layer multiplies the squared deltas by at most rho, so n layers multiply them by at most rho^n",
                ),
            ),
            note="With a factor below 1 little is left far below the output: the first layers of a deep stack learn slowly.",
        ),
    ),
    examples=(
        Example("backpropagation([[1, 2], [3, 4]], [1, -1], [1/4, 1]) = [-1/4, -1]", source="1/4 (1 - 2) and 1 (3 - 4)"),
        Example("backpropagation([[5]], [3], [0]) = [0]", source="a ReLU that is off"),
    ),
    false_claims=(
        FalseClaim(
            "D(half_squared_error(t, vector(i: y[i])), W[l, k]) = x[l] sum(i: V[k, i] top[i])",
            instance="phi(u) = u^3 - u",
            why="the slope of the activation is missing: the chain rule goes through it",
        ),
        FalseClaim(
            "D(half_squared_error(t, vector(i: y[i])), b[k]) = slope[k] top[j]",
            instance="phi(u) = u^3 - u",
            why="a hidden neuron answers to all outputs, each weighed by its connection",
        ),
        FalseClaim(
            "backpropagation(V, r, s)[k] = sum(i: V[k, i] s[k]) sum(i: r[i])",
            why=(
                "a sum of products is not the product of the sums: for [1, 2] and [1, 2] the products sum to 5, the two sums "
                "multiply to 9"
            ),
        ),
    ),
    exercises=(
        Exercise(
            "Why are the deltas computed from the top down, and not the other way?",
            "Each needs those above it. Downwards every delta is computed once and used by all the weights of its neuron.",
        ),
        Exercise(
            "The slope of the sigmoid is at most 1/4. What happens to the deltas in a stack of ten such layers with weights of size 1?",
            (
                "Along one path of connections each layer multiplies by at most 1/4: after ten layers (1/4)^10, about one "
                "millionth, is left. They vanish."
            ),
        ),
    ),
    not_verified=(
        "Layers that share weights (recurrent, convolutional): there the gradients of all places are added.",
        "Activations without a derivative at a point, such as ReLU at 0: programs choose 0 there.",
    ),
    references=(
        Reference("Rumelhart, Hinton, Williams, Learning representations by back-propagating errors (1986)"),
        Reference("Nielsen, Neural Networks and Deep Learning, chapter 2"),
    ),
)
