"""The matrix product: rows times columns, and what it says entry by entry."""

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
    differentiate,
    entrywise,
    fold,
    rewrite,
)

CARD = Card(
    name="matmul",
    title="Matrix product",
    summary=(
        "What does a product of two matrices mean? Entry i, j of A B is row i of A times column j of B, multiplied entry "
        "by entry and added. Every matrix formula of a network is shorthand for such sums; this page translates between "
        "the two, so that other pages may use both."
    ),
    given=(
        "m, d, n, p: size; A: real[m, d]; B: real[d, n]; C: real[n, p]; u: real[m]; v: real[d]; "
        "i, s: index[m]; k, l: index[d]; j: index[n]; q: index[p]"
    ),
    define="matmul(A, B)[i, j] = sum(k: A[i, k] B[k, j])",
    about="how matrix formulas and sums over indices say the same",
    prerequisites=("sums", "partial derivatives"),
    derivations=(
        Derivation(
            "Written side by side, as on paper",
            key="juxtaposed",
            claim="(A B)[i, j] = matmul(A, B)[i, j]",
            steps=(
                Step("= sum(k: A[i, k] B[k, j])", by=entrywise, why="row i of A times column j of B, entry by entry, added up"),
                Step("= matmul(A, B)[i, j]", by=fold, why="the definition of matmul, read backwards"),
            ),
            note="A matrix times a vector is the same with one column: (A v)[i] = sum(k: A[i, k] v[k]).",
        ),
        Derivation(
            "Transposing a product turns the order round",
            key="transpose",
            claim="transpose(A B)[j, i] = (transpose(B) transpose(A))[j, i]",
            steps=(
                Step("= (A B)[i, j]", by=entrywise, why="transposing exchanges row and column: entry j, i is entry i, j of A B"),
                Step("= sum(k: A[i, k] B[k, j])", by=entrywise, why="row i of A times column j of B, entry by entry, added up"),
                Step(
                    "= sum(k: transpose(B)[j, k] transpose(A)[k, i])",
                    by=entrywise,
                    why="the two factors change places, and each is written with its transpose",
                ),
                Step(
                    "= (transpose(B) transpose(A))[j, i]", by=entrywise, why="a product again: row j of B' times column i of A'"
                ),
            ),
        ),
        Derivation(
            "Brackets do not matter",
            key="associative",
            claim="((A B) C)[i, q] = (A (B C))[i, q]",
            steps=(
                Step(
                    "= sum(j: sum(k: A[i, k] B[k, j]) C[j, q])",
                    by=entrywise,
                    why="the definition of the product, twice: for A B, and for that times C",
                ),
                Step(
                    "= sum(j, k: A[i, k] B[k, j] C[j, q])",
                    by=rewrite,
                    why="C[j, q] does not depend on k, so it moves into the inner sum",
                ),
                Step(
                    "= sum(k: A[i, k] sum(j: B[k, j] C[j, q]))",
                    by=rewrite,
                    why="finite sums may be taken in any order: the sum over k is taken last, and A[i, k] does not depend on j",
                ),
                Step("= (A (B C))[i, q]", by=entrywise, why="the definition of the product, twice, read backwards"),
            ),
        ),
        Derivation(
            "A matrix moves to the other side as its transpose",
            key="adjoint",
            claim="dot(u, A v) = dot(transpose(A) u, v)",
            steps=(
                Step(
                    "= sum(i: u[i] sum(k: A[i, k] v[k]))",
                    by=entrywise,
                    why="a dot product multiplies entry by entry and adds, and so does each entry of A v",
                ),
                Step(
                    "= sum(k: sum(i: A[i, k] u[i]) v[k])",
                    by=rewrite,
                    why="finite sums may be taken in either order: the sum over k is taken last, and v[k] does not depend on i",
                ),
                Step(
                    "= dot(transpose(A) u, v)",
                    by=entrywise,
                    why="the inner sum is row k of A' times u, and the outer one is a dot product",
                ),
            ),
            note="Every gradient of a dense layer is this line, read for another letter.",
        ),
        Derivation(
            "The gradient by the vector",
            key="by_vector",
            claim="D(dot(u, A v), v[l]) = (transpose(A) u)[l]",
            steps=(
                Step(
                    "= D(sum(i: u[i] sum(k: A[i, k] v[k])), v[l])",
                    by=entrywise,
                    why="the dot product and the product A v, written as sums",
                ),
                Step(
                    "= sum(i: u[i] A[i, l])",
                    by=differentiate,
                    why="only the terms with k = l hold v[l], and its factor there is u[i] A[i, l]",
                ),
                Step("= (transpose(A) u)[l]", by=entrywise, why="that is row l of A' times u"),
            ),
        ),
        Derivation(
            "The gradient by the matrix",
            key="by_matrix",
            claim="D(dot(u, A v), A[s, l]) = u[s] v[l]",
            steps=(
                Step(
                    "= D(sum(i: u[i] sum(k: A[i, k] v[k])), A[s, l])",
                    by=entrywise,
                    why="the dot product and the product A v, written as sums",
                ),
                Step("= u[s] v[l]", by=differentiate, why="A[s, l] stands in one term only, between u[s] and v[l]"),
            ),
            note="The table of all u[s] v[l] is the outer product of u and v.",
        ),
        Derivation(
            "The square of a length, with a matrix",
            key="gram",
            claim="dot(v, (transpose(A) A) v) = dot(A v, A v)",
            steps=(
                Step(
                    "= sum(k: v[k] sum(l: sum(i: A[i, k] A[i, l]) v[l]))",
                    by=entrywise,
                    why="the dot product and the matrix products, written as sums",
                ),
                Step(
                    "= sum(i: sum(k: A[i, k] v[k]) sum(l: A[i, l] v[l]))",
                    by=rewrite,
                    why=(
                        "finite sums may be taken in any order: the sum over i is taken last, and each of its terms is then a product of "
                        "two sums"
                    ),
                ),
                Step("= dot(A v, A v)", by=entrywise, why="both factors are the same number, entry i of A v"),
            ),
        ),
        Derivation(
            "A' A is positive semidefinite: no direction bends downwards",
            key="psd",
            claim="dot(v, (transpose(A) A) v) >= 0",
            equality="forall(i: (A v)[i] = 0)",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("(A v)[i]^2", over="i"),)),
                    why=(
                        "as just shown it is the sum of the squares of the entries of A v, and no square is negative; the sum is 0 only "
                        "if each entry is"
                    ),
                ),
            ),
        ),
    ),
    examples=(
        Example("matmul([[1, 2], [3, 4]], [[0, 1], [1, 0]]) = [[2, 1], [4, 3]]", source="the columns change places"),
        Example(
            "matmul([[0, 1], [1, 0]], [[1, 2], [3, 4]]) = [[3, 4], [1, 2]]",
            source="here the rows change places: the order matters",
        ),
        Example(
            "matmul([[10, -2, 20]], [[30], [50], [1/10]]) = [[202]]",
            source="the ice-cream weights of the student's note on one day, without the bias",
        ),
    ),
    false_claims=(
        FalseClaim(
            "(A B)[i, k] = (B A)[i, k]",
            given="A: real[d, d]; B: real[d, d]; i, k: index[d]",
            why="the order of a matrix product matters, even for square matrices",
        ),
        FalseClaim(
            "transpose(A B)[i, k] = (transpose(A) transpose(B))[i, k]",
            given="A: real[d, d]; B: real[d, d]; i, k: index[d]",
            why="the order of the factors turns round as well",
        ),
        FalseClaim(
            "(A B)[i, j] = sum(k: A[i, k]) sum(k: B[k, j])",
            why=(
                "a sum of products is not the product of the sums: for [1, 2] and [1, 2] the products sum to 5, the two sums "
                "multiply to 9"
            ),
        ),
        FalseClaim(
            "dot(v, A v) >= 0",
            given="A: real[d, d]",
            why="for a square matrix this need not hold, for A = -1 it is -v^2; for A' A it does",
        ),
    ),
    exercises=(
        Exercise(
            "X is N by d, w has d entries. What is entry a of X w, and what does it mean?",
            "The sum of X[a, k] w[k] over the features k: the prediction for sample a.",
        ),
        Exercise(
            "How many multiplications does A B take, and why can (A B) v cost more than A (B v)?",
            "m n d for A B. For square matrices (A B) v takes d^3 + d^2 multiplications, A (B v) only 2 d^2.",
        ),
    ),
    not_verified=("How floats compute it: no numeric function of mathcore stands behind this page.",),
    references=(Reference("Strang, Introduction to Linear Algebra, chapter 2"),),
)
