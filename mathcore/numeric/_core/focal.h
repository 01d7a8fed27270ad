/* The focal loss m^gamma B and its gradient m^gamma (B' + gamma B m' / m), with m = 1 - p_t and B the binary crossentropy.
   Source: Lin, Goyal, Girshick, He and Dollar, Focal loss for dense object detection, 2017, equations (4) and (5).

   In pairs for every format: the power multiplies a rounding of m by gamma. Options: whether values are checked, gamma, and
   alpha, or -1 for no weights. */

/* m^gamma 2^k for m = exp(-size) rest; the power of two comes last, as the loss may be large where the factor is tiny. */
INLINE scaled power_of_miss(double gamma, double size, pair rest)
{
    pair log = log_pair(rest.h > 0 ? rest : (pair){1, 0}), exponent = multiply_pairs(log, (pair){gamma, 0});
    pair far = two_product(-gamma, size > 0x1p100 ? 0x1p100 : size);
    exponent = add_pairs(far, exponent);
    int gone = gamma > 0 && (rest.h == 0 || exponent.h < -1300);
    scaled power = exp_scaled(gone ? 0 : exponent.h, gone ? 0 : exponent.l);
    power.m = gone ? (pair){0, 0} : power.m;
    return power;
}

INLINE double weighted(double t, double alpha, scaled factor, pair rest, pair x, double divisor)
{
    pair weight = add_pairs(two_product(alpha, t), multiply_pairs(two_sum(1, -alpha), two_sum(1, -t)));
    pair found = multiply_pairs(factor.m, x);
    found = alpha < 0 ? found : multiply_pairs(weight, found);
    found = divisor == 1 ? found : divide_pairs(found, (pair){divisor * 0x1p600, 0});
    power p = power_of_two(factor.k);
    double y = rounded_pair(found) * p.first * (divisor == 1 ? 1 : 0x1p600) * p.second;
    return (size_of(x.h) == INFINITE && rest.h > 0 ? x.h : y) + 0.0; /* what is ruled out costs infinitely much */
}

/* m = (against + e agreed) / (1 + e) with e = exp(-|z|), which is taken out where it carries m. */
INLINE both_in_pairs focal_of_logit(double t, double z, double gamma, double alpha)
{
    pair other = two_sum(1, -t), label = {t, 0}, against = z > 0 ? other : label, agreed = z > 0 ? label : other;
    scaled apart = exp_scaled(size_of(z) > 800 ? -800 : -size_of(z), 0);
    pair e = exp_pair((pair){-size_of(z), 0}), below = one_plus_in_pairs(e);
    int carried = against.h <= agreed.h * e.h && e.h > 0;
    power up = power_of_two(-apart.k);
    pair lifted = divide_pairs(scale_pair(scale_pair(against, up.first), up.second), apart.m);
    pair miss = carried ? add_pairs(lifted, agreed) : add_pairs(against, multiply_pairs(agreed, e));
    pair rest = divide_pairs(miss, below);
    scaled factor = power_of_miss(gamma, carried ? size_of(z) : 0, rest);
    pair loss = loss_of_logit_in_pairs(t, z, e), slope = slope_of_logit_in_pairs(t, z, e);
    pair share = divide_pairs(divide_pairs(divide_pairs(carried ? (pair){1, 0} : e, rest), below), below);
    pair pull = multiply_pairs(multiply_pairs(share, loss), multiply_pairs((pair){gamma, 0}, two_sum(1, -2 * t)));
    slope = e.h == 0 || rest.h == 0 ? slope : add_pairs(slope, pull);
    return (both_in_pairs){weighted(t, alpha, factor, rest, loss, 1), weighted(t, alpha, factor, rest, slope, 1)};
}

/* m = t (1 - q) + (1 - t) q. */
INLINE both_in_pairs focal_of_probability(double t, double q, double gamma, double alpha)
{
    pair other = two_sum(1, -t), left = two_sum(1, -q);
    pair rest = add_pairs(multiply_pairs(left, (pair){t, 0}), multiply_pairs(other, (pair){q, 0}));
    scaled factor = power_of_miss(gamma, 0, rest);
    pair loss = loss_of_probability_in_pairs(t, q);
    int late = q < 1e-300 * t; /* t / q may overflow where the gradient does not: divided last */
    double divisor = late ? q : 1;
    pair slope = late ? (pair){-t, 0} : slope_of_probability_in_pairs(t, q);
    pair pull = multiply_pairs(divide_pairs(loss, rest), multiply_pairs((pair){gamma * divisor, 0}, two_sum(1, -2 * t)));
    slope = rest.h == 0 || loss.h == INFINITE ? slope : add_pairs(slope, pull);
    return (both_in_pairs){weighted(t, alpha, factor, rest, loss, 1), weighted(t, alpha, factor, rest, slope, divisor)};
}

typedef both_in_pairs focal_formula(double t, double x, double gamma, double alpha);

INLINE int for_focal(const double *const *in, double *const *out, size_t n, const double *option, int checked, focal_formula *f)
{
    const double *restrict t = in[0], *restrict x = in[1];
    double *restrict value = out[0], *restrict gradient = out[1], gamma = option[1], alpha = option[2];
    for (int k = 0; k < checked && option[0] != 0; k++)
        if (any_outside_in_pairs(in[k], n))
            return 1;
    for (size_t i = 0; i < n; i++) {
        both_in_pairs found = f(t[i], x[i], gamma, alpha);
        value[i] = found.value;
        gradient[i] = found.gradient;
    }
    return 0;
}

static int focal_loss_of_logits_value_and_grad(const double *const *in, double *const *out, size_t n, const double *option)
{
    return for_focal(in, out, n, option, 1, focal_of_logit);
}

static int focal_loss_value_and_grad(const double *const *in, double *const *out, size_t n, const double *option)
{
    return for_focal(in, out, n, option, 2, focal_of_probability);
}

static int focal_loss_of_logits(const double *const *in, double *const *out, size_t n, const double *option)
{
    double unused[TILE], *both[2] = {out[0], unused};
    return focal_loss_of_logits_value_and_grad(in, both, n, option);
}

static int focal_loss(const double *const *in, double *const *out, size_t n, const double *option)
{
    double unused[TILE], *both[2] = {out[0], unused};
    return focal_loss_value_and_grad(in, both, n, option);
}
