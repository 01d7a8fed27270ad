/* Kernels of functions of one entry at a time. */
#include "kernels.h"
#include "number.h"

#define number pair
#define NAME(f) f##_in_pairs
#include "entries.h"
#undef number
#undef NAME

#define number double
#define NAME(f) f##_in_doubles
#include "entries.h"
#undef number
#undef NAME

/* What float64 and float32 share: functions in which doubles would lose too much, or that are rarely large. ------------ */

static int tanh_(const double *const *in, double *const *out, size_t n, const double *option)
{
    const double *restrict x = in[0];
    double *restrict y = out[0];
    (void)option;
    for (size_t i = 0; i < n; i++) { /* -E / (2 + E) with E = exp(-2|x|) - 1, which keeps all digits near 0 */
        double a = size_of(x[i]) > 50 ? -100 : -2 * size_of(x[i]);
        pair e = expm1_pair((pair){a, 0});
        y[i] = __builtin_copysign(rounded_pair(divide_pairs(e, add_pairs((pair){2, 0}, e))), x[i]);
    }
    return 0;
}

/* x Phi(x) = max(x, 0) - T with T = a (1 - Phi(a)) = exp(-a^2/2) M(a) a / (a + 3) and a = |x|; a^2 is known exactly.
   Source: Hendrycks, Gimpel, Gaussian error linear units, 2016; M is Mills' ratio times a + 3, in s = (a - 3) / (a + 3). */
static int gelu(const double *const *in, double *const *out, size_t n, const double *option)
{
    const double *restrict x = in[0];
    double *restrict y = out[0];
    (void)option;
    for (size_t i = 0; i < n; i++) {
        double a = size_of(x[i]) > 39 ? 39 : size_of(x[i]);
        pair square = two_product(a, a), more = two_sum(a, 3);
        pair place = divide_pairs(two_sum(a, -3), more);
        double s = place.h, s2 = s * s, s4 = s2 * s2, s8 = s4 * s4;
        double first = polynomial_8(MILLS + 2, s, s2, s4), second = polynomial_8(MILLS + 10, s, s2, s4);
        double rest = fused(fused(polynomial_8(MILLS + 18, s, s2, s4), s8, second), s8, first);
        double slope = fused(fused(3, MILLS[3], 4 * MILLS[4] * s), s2, fused(2 * MILLS[2], s, MILLS[1])); /* some digits do */
        pair tail = multiply_pairs(two_sum(MILLS[1], s * rest), (pair){s, 0}), ratio = two_sum(MILLS[0], tail.h);
        ratio.l += tail.l + fused(place.l, slope, MILLS_0_LOW);
        scaled e = exp_scaled(-0.5 * square.h, -0.5 * square.l);
        pair t = divide_pairs(multiply_pairs(multiply_pairs(ratio, (pair){a, 0}), e.m), more);
        power p = power_of_two(e.k);
        pair right = add_pairs((pair){a, 0}, scale_pair(scale_pair(t, -p.first), p.second));
        double left = -times_power(rounded_pair(t), p); /* where a subnormal is rounded once */
        double found = x[i] > 0 ? rounded_pair(right) : left;
        y[i] = x[i] > 39 || x[i] != x[i] ? x[i] : __builtin_copysign(found, x[i]);
    }
    return 0;
}

/* log(p / (1 - p)): the quotient as a pair near 1 has all digits of a logarithm near 0. */
static int logit(const double *const *in, double *const *out, size_t n, const double *checked)
{
    const double *restrict p = in[0];
    double *restrict y = out[0];
    uint64_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        pair odds = divide_pairs((pair){p[i], 0}, two_sum(1, -p[i]));
        double log = rounded_pair(log_pair(odds)), limit = p[i] == 0 ? -INFINITE : p[i] == 1 ? INFINITE : NOT_A_NUMBER;
        y[i] = p[i] > 0 && p[i] < 1 ? log : limit;
        wrong += (p[i] < 0) | (p[i] > 1);
    }
    return wrong && *checked != 0;
}

/* -p log p - (1 - p) log(1 - p): two terms of one sign. The smaller of p and 1 - p is a double, the other one a pair.
   Options: whether values are checked, and 1 / log(base) as a pair. */
static int binary_entropy(const double *const *in, double *const *out, size_t n, const double *option)
{
    const double *restrict p = in[0];
    double *restrict y = out[0];
    const pair per_unit = {option[1], option[2]};
    uint64_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        double s = p[i] > 0.5 ? 1 - p[i] : p[i], more = s < 0x1p-500 ? 0x1p600 : 1; /* a subnormal is rounded once */
        pair other = two_sum(1, -s), log = log_pair((pair){s > 0 ? s : 1, 0}), large = scale_pair(other, more);
        pair entropy = add_pairs(multiply_pairs(log, (pair){s * more, 0}), multiply_pairs(log_pair(other), large));
        double found = 0.0 - rounded_pair(multiply_pairs(entropy, per_unit)) / more;
        y[i] = s > 0 ? found : s == 0 ? 0 : NOT_A_NUMBER;
        wrong += (p[i] < 0) | (p[i] > 1);
    }
    return wrong && option[0] != 0;
}

#include "focal.h"
#include "steps.h"

#define BOTH(function) function##_in_pairs, function##_in_doubles

const entry_function FOR_ISA(entries)[] = {
    {"sigmoid", 1, 1, 0, {-1}, BOTH(sigmoid)},
    {"silu", 1, 1, 0, {-1}, BOTH(silu)},
    {"mish", 1, 1, 0, {-1}, BOTH(mish)},
    {"softplus", 1, 1, 0, {-1}, BOTH(softplus)},
    {"log_sigmoid", 1, 1, 0, {-1}, BOTH(log_sigmoid)},
    {"relu", 1, 1, 0, {-1}, BOTH(relu)},
    {"leaky_relu", 1, 1, 1, {-1}, BOTH(leaky_relu)},
    {"tanh", 1, 1, 0, {-1}, tanh_, tanh_},
    {"gelu", 1, 1, 0, {-1}, gelu, gelu},
    {"logit", 1, 1, 1, {-1}, logit, logit},
    {"binary_entropy", 1, 1, 3, {-1}, binary_entropy, binary_entropy},
    {"label_smoothing", 1, 1, 4, {-1}, BOTH(label_smoothing)},
    {"huber", 2, 1, 1, {-1}, BOTH(huber)},
    {"huber_value_and_grad", 2, 2, 1, {-1, -1}, BOTH(huber_value_and_grad)},
    {"binary_crossentropy", 2, 1, 1, {-1}, BOTH(binary_crossentropy)},
    {"binary_crossentropy_value_and_grad", 2, 2, 1, {-1, -1}, BOTH(binary_crossentropy_value_and_grad)},
    {"binary_crossentropy_of_logits", 2, 1, 1, {-1}, BOTH(binary_crossentropy_of_logits)},
    {"binary_crossentropy_of_logits_value_and_grad", 2, 2, 1, {-1, -1}, BOTH(binary_crossentropy_of_logits_value_and_grad)},
    {"focal_loss", 2, 1, 3, {-1}, focal_loss, focal_loss},
    {"focal_loss_value_and_grad", 2, 2, 3, {-1, -1}, focal_loss_value_and_grad, focal_loss_value_and_grad},
    {"focal_loss_of_logits", 2, 1, 3, {-1}, focal_loss_of_logits, focal_loss_of_logits},
    {"focal_loss_of_logits_value_and_grad",
     2,
     2,
     3,
     {-1, -1},
     focal_loss_of_logits_value_and_grad,
     focal_loss_of_logits_value_and_grad},
    {"gradient_descent_step", 2, 1, 1, {0}, gradient_descent_step, gradient_descent_step},
    {"momentum_step", 3, 2, 2, {0, 2}, momentum_step, momentum_step},
    {"nesterov_step", 3, 2, 2, {0, 2}, nesterov_step, nesterov_step},
    {"adam_step", 4, 3, 10, {0, 2, 3}, adam_step, adam_step},
    {NULL, 0, 0, 0, {0}, NULL, NULL},
};
