"""A student's note on deep learning, 2023-02-27: its worked numbers and statements, right and wrong."""

from mathcore.claims.note import Note, Remark

REGRESSION = (
    Remark(
        "Sales of ice cream are 10 x temperature - 2 x humidity + 20 x discount + 4: one degree more sells 10 more.",
        "(10 (x + 1) - 2 y + 20 c + 4) - (10 x - 2 y + 20 c + 4) = 10",
        why="A linear model changes by the weight for each unit of its feature.",
    ),
    Remark("One per cent more humidity sells 2 less.", "(10 x - 2 (y + 1) + 20 c + 4) - (10 x - 2 y + 20 c + 4) = -2"),
    Remark("With all features at 0 there are still 4 sales: the bias.", "10 * 0 - 2 * 0 + 20 * 0 + 4 = 4"),
    Remark(
        "Learning subtracts the slope of the error times the learning rate from each weight.",
        "model(v, w, g, eta) >= model(gradient_descent(w, g, eta), w, g, eta)",
        proof="gradient_descent.minimiser",
        why="That step is the best one on the tangent plane when distance costs |v - w|^2 / (2 eta).",
    ),
    Remark(
        "Training makes the weights smaller.",
        "gradient_descent(w, g, eta)[l] <= w[l]",
        holds=False,
        truth="gradient_descent([0], [-1], 1/10) = [0.1]",
        why="It makes the loss smaller. A weight grows wherever its slope is negative.",
    ),
    Remark(
        "A learning rate that is too large moves away from the target.",
        "2 / L < eta => abs(1 - eta L) > 1",
        why="Above 2/L, L the largest curvature, the error grows with every step.",
        proof="gradient_descent.diverges",
    ),
    Remark(
        "A learning rate that is too small never reaches the minimum.",
        "0 < eta < 1 / (1000 L) => (1 - eta L)^2 >= 1",
        holds=False,
        truth="0 < eta < 2 / L => (1 - eta L)^2 < 1",
        proof="gradient_descent.converges",
        why="Over the reals, on a convex quadratic, every rate between 0 and 2/L converges, only slowly.",
    ),
    Remark(
        "... though in floats there is something to it: at 1e-17 nothing moves.",
        call="mathcore.numeric.gradient_descent_step([1.0], [1.0], 1e-17) = [1.0]",
        why="1 - 1e-17 rounds to 1.",
    ),
    Remark(
        "The loss named mse takes the mean of the absolute errors.",
        "mean_squared_error(t, u) = sum(k: abs(t[k] - u[k])) / n",
        holds=False,
        truth="mean_squared_error([0, 0], [3, 4]) = 12.5",
        why="MSE is the mean of the squares; the mean of the absolute errors, here 3.5, is called MAE.",
    ),
    Remark(
        "An epoch is over when all its mini-batches have been used once: 16/16, with 32 samples each.",
        "epoch(15, 32, 32) = 512",
        proof="epoch.once",
        why="Fifteen full batches and a last one, here full as well: every one of the 512 samples is seen once.",
    ),
    Remark(
        "The size of a mini-batch is set with mini_batch=.",
        holds=False,
        why="In Keras the argument is called batch_size; its default is 32. An epoch has ceil(N / batch_size) batches.",
    ),
)
CLASSIFICATION = (
    Remark(
        "Linear models leave the range of a probability; the sigmoid brings them back between 0 and 1.",
        "0 < 1 / (1 + exp(-x)) < 1",
    ),
    Remark(
        "One against the rest: scores 0.4, 0.6 and 0.2 sum to 1.2, so they are no probabilities.",
        "0.4 + 0.6 + 0.2 = 1.2",
        why="Each class was asked on its own; nothing makes the answers sum to 1.",
    ),
    Remark(
        "Of the values of one against the rest the largest is chosen.",
        "z[i] <= z[j] => one_vs_rest(z)[i] <= one_vs_rest(z)[j]",
        proof="one_vs_rest.order",
        why="The sigmoid keeps the order of the scores: the choice is right, though the values are no distribution.",
    ),
    Remark(
        "Taking softmax of the sigmoids gives the probabilities of the multi-class model.",
        "softmax(vector(k: 1 / (1 + exp(-z[k]))))[i] = softmax(z)[i]",
        holds=False,
        truth="softmax(vector(k: 1 / (1 + exp(-z[k]))))[i] <= exp(1) / (exp(1) + n - 1)",
        why="Softmax acts on logits. After a sigmoid all scores lie between 0 and 1, and no class can become certain: with three classes none exceeds 0.576.",
    ),
    Remark("Softmax gives values that always sum to 1.", "sum(i: softmax(z)[i]) = 1", proof="softmax.sum"),
    Remark("Each of them lies between 0 and 1.", "0 < softmax(z)[i] <= 1", why="1 itself is reached for a single class only."),
    Remark(
        "softmax of (0.4, 0.6, 0.2) is (0.32893292, 0.40175958, 0.2693075).",
        "softmax([0.4, 0.6, 0.2]) = [0.32893292, 0.40175958, 0.2693075]",
    ),
    Remark(
        "The largest input may be subtracted first: it prevents overflow and changes nothing.",
        "softmax(vector(k: z[k] - c))[i] = softmax(z)[i]",
        proof="softmax.shift",
    ),
    Remark(
        "The class with the largest score is predicted.", "z[i] <= z[j] => softmax(z)[i] <= softmax(z)[j]", proof="softmax.order"
    ),
    Remark(
        "Two classes go with a sigmoid and binary_crossentropy.",
        "D(binary_crossentropy(r, x), x) = sigmoid(x) - r",
        given="r: unit",
        proof="activation_and_loss.sigmoid",
        why="In this pair the gradient is prediction minus label.",
    ),
    Remark(
        "Several classes go with softmax and categorical_crossentropy.",
        "D(categorical_crossentropy(p, z), z[j]) = softmax(z)[j] - p[j]",
        proof="activation_and_loss.softmax",
        why="The same gradient, class by class.",
    ),
    Remark(
        "to_categorical adds an axis every time it is called: do not run the cell twice.",
        call="mathcore.numeric.one_hot([[0, 1], [1, 0]], 2) = [[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]]",
        why="The entries 0 and 1 of a one-hot vector are taken for labels.",
    ),
)
INFORMATION = (
    Remark(
        "Five balls of each of two colours leave more uncertainty than nine and one.",
        "-2 (1/2) log(1/2) > -(9/10) log(9/10) - (1/10) log(1/10)",
        why="0.693 nats against 0.325.",
    ),
    Remark(
        "The entropy of a box with 3 balls of each of two colours is 0.903.",
        "entropy([1/2, 1/2]) = 0.903",
        holds=False,
        truth="entropy([1/2, 1/2]) = 0.693147",
        why="0.903 is 3 log10 2. With the weights 1/2 it is log 2 = 0.693 nats = 1 bit = 0.301 hartleys.",
    ),
    Remark(
        "With five balls of one colour and one of the other it is less.",
        "entropy([5/6, 1/6]) < entropy([1/2, 1/2])",
        why="0.451 nats against 0.693.",
    ),
    Remark(
        "As a probability goes to 0, the entropy grows without bound.",
        "-x log(x) >= -log(x) - 1",
        given="x: positive; x < 1/10",
        holds=False,
        truth="lim(x -> 0+: x log(x)) = 0",
        proof="entropy.rare",
        why="The surprisal -log p grows without bound. Its share in the entropy, -p log p, goes to 0: entropy is at most log n.",
    ),
    Remark(
        "A perfect prediction of (0, 0, 1) has crossentropy 0.",
        "crossentropy([0, 0, 1], [0, 0, 1]) = 0",
        proof="crossentropy.perfect",
    ),
    Remark(
        "A predicted probability can never be 0.",
        "softmax(z)[i] > 0",
        why="True of softmax over the reals.",
    ),
    Remark(
        "... but false in floats: a score 1000 below the largest has probability 0.",
        call="mathcore.numeric.softmax([0.0, -1000.0]) = [1.0, 0.0]",
        why="exp(-1000) is smaller than every positive float.",
    ),
    Remark(
        "For the prediction (0.3, 0.6, 0.1) of (0, 0, 1) the crossentropy is 1.",
        "crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) = 1",
        holds=False,
        truth="crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) / log(10) = 1",
        why="That counts in base 10. In nats, which every framework uses, it is 2.303.",
    ),
    Remark(
        "The loss falls only as the prediction approaches the truth.",
        "crossentropy(p, q) >= entropy(p)",
        proof="crossentropy.minimum",
        why="The least value is the entropy of the truth, and it is taken only at q = p.",
    ),
)

NOTE = Note(
    name="the_note",
    title="The note of 2023-02-27, checked",
    summary=(
        "Mathcore began with a student's note on a first deep-learning lecture. Here is what it says, statement by "
        "statement, with the verdict of the engine. Most of it is right; where it is not, the slip is one that many people make."
    ),
    given=(
        "n, d: size; z: real[n]; t, u: real[n]; p, q: simplex[n]; i, j: index[n]; x, y, c: real; "
        "w, g, v: real[d]; eta, L: positive; k: index[n]; l: index[d]"
    ),
    uses=(
        "softmax",
        "entropy",
        "crossentropy",
        "gradient_descent",
        "mean_squared_error",
        "epoch",
        "one_vs_rest",
        "activation_and_loss",
    ),
    remarks=(*REGRESSION, *CLASSIFICATION, *INFORMATION),
    sections=(
        ("Regression and gradient descent", len(REGRESSION)),
        ("Classification and softmax", len(CLASSIFICATION)),
        ("Entropy and crossentropy", len(INFORMATION)),
    ),
)
