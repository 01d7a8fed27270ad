/* Formulas of one entry at a time, for one kind of number; included by entries.c. */

typedef struct {
    double value, gradient;
} NAME(both);

typedef double NAME(unary)(double x, const double *option);
typedef double NAME(binary)(double t, double x, const double *option);
typedef NAME(both) NAME(binary_with_gradient)(double t, double x, const double *option);

INLINE int NAME(each)(const double *const *in, double *const *out, size_t n, const double *option, NAME(unary) * f)
{
    const double *restrict x = in[0];
    double *restrict y = out[0];
    for (size_t i = 0; i < n; i++)
        y[i] = f(x[i], option);
    return 0;
}

INLINE int NAME(each_of_two)(const double *const *in, double *const *out, size_t n, const double *option, NAME(binary) * f)
{
    const double *restrict t = in[0], *restrict x = in[1];
    double *restrict y = out[0];
    for (size_t i = 0; i < n; i++)
        y[i] = f(t[i], x[i], option);
    return 0;
}

INLINE int NAME(each_with_gradient)(const double *const *in, double *const *out, size_t n, const double *option,
                                    NAME(binary_with_gradient) * f)
{
    const double *restrict t = in[0], *restrict x = in[1];
    double *restrict value = out[0], *restrict gradient = out[1];
    for (size_t i = 0; i < n; i++) {
        NAME(both) found = f(t[i], x[i], option);
        value[i] = found.value;
        gradient[i] = found.gradient;
    }
    return 0;
}

/* Whether entries are outside [0, 1]; nan is not. */
INLINE int NAME(any_outside)(const double *x, size_t n)
{
    uint64_t wrong = 0;
    for (size_t i = 0; i < n; i++)
        wrong |= (x[i] < 0) | (x[i] > 1);
    return wrong != 0;
}

/* exp(-|x|), its power of two apart; below -800 no result differs. */
INLINE NAME(apart) NAME(decay)(double x) { return exp_apart(size_of(x) > 800 ? -800 : -size_of(x)); }

INLINE number NAME(joined)(NAME(apart) e) { return scale(scale(e.m, e.p.first), e.p.second); }

/* m / d for x >= 0, and m 2^k / d left of 0, where the power comes last: a subnormal result is rounded once. */
INLINE double NAME(quotient)(double x, number m, number d, power p)
{
    double q = rounded(over(m, d));
    return x < 0 ? times_power(q, p) : q;
}

/* 1 / (1 + e) right of 0 and e / (1 + e) left of it, with e = exp(-|x|). */
INLINE double NAME(sigmoid_of)(double x, const double *option)
{
    (void)option;
    NAME(apart) e = NAME(decay)(x);
    return NAME(quotient)(x, x < 0 ? e.m : exact(1), one_plus(NAME(joined)(e)), e.p);
}

INLINE double NAME(silu_of)(double x, const double *option)
{
    (void)option;
    NAME(apart) e = NAME(decay)(x);
    number factor = exact(x < -800 ? -800 : x);
    double y = NAME(quotient)(x, x < 0 ? times(e.m, factor) : factor, one_plus(NAME(joined)(e)), e.p);
    return x == INFINITE ? x : __builtin_copysign(y, x);
}

/* x tanh(log(1 + exp(x))): with e = exp(-|x|) the tangent is (1 + 2e) / (1 + 2e + 2e^2) right of 0, and left of it
   e (e + 2) / (e (e + 2) + 2). Source: Misra, Mish: a self regularized non-monotonic activation function, 2019. */
INLINE double NAME(mish_of)(double x, const double *option)
{
    (void)option;
    NAME(apart) e = NAME(decay)(x);
    number factor = exact(x < -800 ? -800 : x), whole = NAME(joined)(e), two = exact(2);
    number more = plus(x < 0 ? two : exact(1), x < 0 ? whole : scale(whole, 2));
    number square = x < 0 ? times(whole, more) : scale(times(whole, whole), 2);
    number m = times(x < 0 ? times(e.m, more) : more, factor), d = x < 0 ? plus(two, square) : plus(more, square);
    double y = NAME(quotient)(x, m, d, e.p);
    return x == INFINITE ? x : __builtin_copysign(y, x);
}

/* log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)): two terms of one sign. */
INLINE double NAME(softplus_of)(double x, const double *option)
{
    (void)option;
    number log = log_1_plus(exponential(exact(-size_of(x))));
    double y = rounded(plus(exact(x > 0 ? x : 0), log));
    return x == INFINITE || x != x ? x : y;
}

INLINE double NAME(log_sigmoid_of)(double x, const double *option) { return 0.0 - NAME(softplus_of)(-x, option); }

INLINE double NAME(relu_of)(double x, const double *option)
{
    (void)option;
    return x > 0 || x != x ? x : 0.0;
}

INLINE double NAME(leaky_relu_of)(double x, const double *slope) { return x > 0 ? x : *slope == 0 && x == x ? 0.0 : *slope * x; }

/* With m = min(|r|, delta) both branches are m (|r| - m/2); where the residual overflows it is computed half as large. */
INLINE double NAME(huber_of)(double t, double y, const double *delta)
{
    double less = size_of(t) > 0x1p1000 || size_of(y) > 0x1p1000 ? 0.5 : 1;
    number r = sum(y * less, -t * less);
    number size = scale(r, rounded(r) < 0 ? -1 : 1);
    double whole = rounded(size) / less, cut = whole < *delta ? whole : *delta;
    double loss = rounded(times(plus(size, exact(-0.5 * less * cut)), exact(cut))) / less;
    return size_of(t) < INFINITE && size_of(y) < INFINITE ? loss : size_of(y - t);
}

INLINE NAME(both) NAME(huber_value_and_grad_of)(double t, double y, const double *delta)
{
    double r = y - t, cut = r > *delta ? *delta : r < -*delta ? -*delta : r;
    return (NAME(both)){NAME(huber_of)(t, y, delta), cut + 0.0};
}

/* (1 - share) t + share / n; the options are 1 - share as a pair and share / n as another. */
INLINE double NAME(label_smoothing_of)(double t, const double *option)
{
    number keep = number_of((pair){option[0], option[1]}), base = number_of((pair){option[2], option[3]});
    double y = rounded(plus(times(keep, exact(t)), base));
    return size_of(t) == INFINITE ? option[0] * t : y;
}

/* Binary crossentropy ------------------------------------------------------------------------------------------------- */

/* t softplus(-z) + (1 - t) softplus(z) = log(1 + exp(-|z|)) + |z| times the label that z votes against. */
INLINE number NAME(loss_of_logit)(double t, double z, number e)
{
    double size = size_of(z);
    number against = z > 0 ? sum(1, -t) : exact(t), linear = times(against, exact(size)), log = log_1_plus(e);
    linear = rounded(against) == 0 ? exact(0) : linear;
    number loss = plus(linear, log);
    return size_of(rounded(linear)) == INFINITE ? exact(rounded(linear)) : loss;
}

/* sigmoid(z) - t = ((1 - t) - t e) / (1 + e) right of 0, ((1 - t) e - t) / (1 + e) left of it: for a label 0 or 1 one
   product is 0. */
INLINE number NAME(slope_of_logit)(double t, double z, number e)
{
    number other = sum(1, -t), label = exact(-t);
    number numerator = z > 0 ? plus(other, times(label, e)) : plus(times(other, e), label);
    return over(numerator, one_plus(e));
}

INLINE double NAME(binary_crossentropy_of_logits_of)(double t, double z, const double *option)
{
    (void)option;
    return rounded(NAME(loss_of_logit)(t, z, exponential(exact(-size_of(z)))));
}

INLINE NAME(both) NAME(binary_crossentropy_of_logits_value_and_grad_of)(double t, double z, const double *option)
{
    (void)option;
    number e = exponential(exact(-size_of(z)));
    return (NAME(both)){rounded(NAME(loss_of_logit)(t, z, e)), rounded(NAME(slope_of_logit)(t, z, e)) + 0.0};
}

INLINE number NAME(share_of_log)(pair weight, pair x) /* weight log(x), where 0 log x = 0 */
{
    number log = logarithm(x.h > 0 ? x : (pair){1, 0});
    number found = times(number_of(weight), log);
    return weight.h == 0 ? exact(0) : found;
}

/* -t log q - (1 - t) log(1 - q). */
INLINE number NAME(loss_of_probability)(double t, double q)
{
    pair other = two_sum(1, -t), rest = two_sum(1, -q);
    number logs = plus(NAME(share_of_log)((pair){t, 0}, (pair){q, 0}), NAME(share_of_log)(other, rest));
    int impossible = (q == 0 && t > 0) || (q == 1 && t < 1);
    int undefined = (t != 0 && !(q > 0)) || (t != 1 && !(rest.h > 0));
    return impossible ? exact(INFINITE) : undefined ? exact(NOT_A_NUMBER) : scale(logs, -1);
}

INLINE double NAME(binary_crossentropy_of)(double t, double q, const double *option)
{
    (void)option;
    return rounded(NAME(loss_of_probability)(t, q)) + 0.0;
}

/* (q - t) / (q (1 - q)). */
INLINE number NAME(slope_of_probability)(double t, double q)
{
    double place = q + 0.0;                       /* -0.0 is a probability of 0 as well */
    double more = place < 0x1p-500 ? 0x1p600 : 1; /* 1 over a subnormal alone would be infinite */
    number rest = sum(1, -place), miss = sum(place * more, -t * more), soft = times(exact(place * more), rest);
    number numerator = t == 0 ? exact(1) : t == 1 ? exact(-1) : miss;
    return over(numerator, t == 0 ? rest : t == 1 ? exact(place) : soft);
}

INLINE NAME(both) NAME(binary_crossentropy_value_and_grad_of)(double t, double q, const double *option)
{
    return (NAME(both)){NAME(binary_crossentropy_of)(t, q, option), rounded(NAME(slope_of_probability)(t, q))};
}

/* A kernel for each formula. The option of binary crossentropies says whether labels, and probabilities, are checked. */
#define ENTRY(kind, function)                                                                                                      \
    static int NAME(function)(const double *const *in, double *const *out, size_t n, const double *option)                         \
    {                                                                                                                              \
        return NAME(kind)(in, out, n, option, NAME(function##_of));                                                                \
    }

#define CHECKED_ENTRY(kind, function, arguments)                                                                                   \
    static int NAME(function)(const double *const *in, double *const *out, size_t n, const double *option)                         \
    {                                                                                                                              \
        for (int k = 0; k < arguments && option[0] != 0; k++)                                                                      \
            if (NAME(any_outside)(in[k], n))                                                                                       \
                return 1;                                                                                                          \
        return NAME(kind)(in, out, n, option, NAME(function##_of));                                                                \
    }

ENTRY(each, sigmoid)
ENTRY(each, silu)
ENTRY(each, mish)
ENTRY(each, softplus)
ENTRY(each, log_sigmoid)
ENTRY(each, relu)
ENTRY(each, leaky_relu)
ENTRY(each, label_smoothing)
ENTRY(each_of_two, huber)
ENTRY(each_with_gradient, huber_value_and_grad)
CHECKED_ENTRY(each_of_two, binary_crossentropy_of_logits, 1)
CHECKED_ENTRY(each_with_gradient, binary_crossentropy_of_logits_value_and_grad, 1)
CHECKED_ENTRY(each_of_two, binary_crossentropy, 2)
CHECKED_ENTRY(each_with_gradient, binary_crossentropy_value_and_grad, 2)

#undef ENTRY
#undef CHECKED_ENTRY
