/* Steps of optimisers: in pairs, and with the exponents apart for entries near the ends of the range of floats. */

/* Whether a sum of products of these may be trusted: none of them overflows, and nothing that counts underflows. */
INLINE int in_range(double x)
{
    int zero = x == 0, above = size_of(x) > 0x1p-400, below = size_of(x) < 0x1p400; /* no branches: a vector loop */
    return zero | (above & below);
}

/* w - rate g, rounded once; where the step alone overflows, half of everything may not. */
static int gradient_descent_step(const double *const *in, double *const *out, size_t n, const double *rate)
{
    const double *restrict w = in[0], *restrict g = in[1];
    double *restrict moved = out[0];
    for (size_t i = 0; i < n; i++) {
        double once = fused(-*rate, g[i], w[i]), half = 2 * fused(-*rate, 0.5 * g[i], 0.5 * w[i]);
        moved[i] = size_of(*rate * g[i]) == INFINITE ? half : once;
    }
    return 0;
}

/* a + b where they may cancel to the last digit of both. */
INLINE pair cancelling_sum(pair a, pair b)
{
    pair high = two_sum(a.h, b.h), low = two_sum(a.l, b.l), s = two_sum(high.h, low.h);
    return fast_two_sum(s.h, s.l + (high.l + low.l));
}

/* Numbers m 2^k of any size, for the few entries that need them. ---------------------------------------------------------- */

enum { FAR_BELOW = -100000 }; /* the exponent of 0 */

OUTLINE scaled wide(double x)
{
    if (x == 0 || x - x != 0)
        return (scaled){{x, 0}, x == 0 ? FAR_BELOW : 0};
    split s = split_of(size_of(x));
    return (scaled){{__builtin_copysign(s.m, x), 0}, (int64_t)s.k};
}

INLINE scaled wide_pair(pair x) /* of a pair whose high part is in range */
{
    scaled h = wide(x.h);
    power p = power_of_two(h.k == FAR_BELOW ? 0 : -h.k);
    return (scaled){{h.m.h, times_power(x.l, p)}, h.k};
}

INLINE scaled wide_product(scaled a, scaled b) { return (scaled){multiply_pairs(a.m, b.m), a.k + b.k}; }

INLINE pair lowered(scaled x, int64_t k) /* x 2^-k, for x that is not larger than 2^k or so */
{
    power p = power_of_two(x.k - k < -1900 ? -1900 : x.k - k);
    return (pair){times_power(x.m.h, p), times_power(x.m.l, p)};
}

OUTLINE scaled wide_sum(scaled a, scaled b)
{
    int64_t k = a.k > b.k ? a.k : b.k;
    return (scaled){cancelling_sum(lowered(a, k), lowered(b, k)), k};
}

INLINE double wide_value(pair m, int64_t k)
{
    return times_power(rounded_pair(m), power_of_two(k < -1900 ? -1900 : k > 1900 ? 1900 : k));
}

/* w + step; where the step alone overflows, half of everything may not. */
OUTLINE double moved_by(double w, scaled step)
{
    double whole = wide_value((pair){step.m.h, 0}, step.k);
    pair total = two_sum(w, whole);
    if (whole - whole != 0)
        return 2 * (w / 2 + wide_value(step.m, step.k - 1));
    return total.h - total.h == 0 ? total.h + (total.l + wide_value((pair){step.m.l, 0}, step.k)) : total.h;
}

/* Momentum ------------------------------------------------------------------------------------------------------------------ */

OUTLINE void wide_momentum(double w, double g, double velocity, double *moved, double *after, const double *option, int nesterov)
{
    if (w - w + (g - g) + (velocity - velocity) != 0) { /* infinite or nan */
        double slope = option[0] * g, v = option[1] * velocity - slope;
        *moved = w + (nesterov ? option[1] * v - slope : v);
        *after = v;
        return;
    }
    scaled share = wide(option[1]), pull = wide_product(wide(-option[0]), wide(g));
    scaled v = wide_sum(wide_product(share, wide(velocity)), pull), way = nesterov ? wide_sum(wide_product(share, v), pull) : v;
    *moved = moved_by(w, way);
    *after = wide_value(v.m, v.k) + 0.0;
}

/* Options: rate and momentum. */
INLINE void momentum(const double *restrict w, const double *restrict g, const double *restrict velocity, double *restrict moved,
                     double *restrict after, size_t n, const double *option, int nesterov)
{
    const double rate = option[0], share = option[1];
    uint64_t extreme = 0;
    int ordinary = in_range(rate) & in_range(share);
    for (size_t i = 0; i < n; i++) {
        pair pull = two_product(-rate, g[i]), v = cancelling_sum(two_product(share, velocity[i]), pull);
        pair way = nesterov ? cancelling_sum(multiply_pairs(v, (pair){share, 0}), pull) : v;
        moved[i] = rounded_pair(add_pairs((pair){w[i], 0}, way));
        after[i] = rounded_pair(v) + 0.0;
        extreme += !(in_range(g[i]) & in_range(velocity[i]) & (size_of(w[i]) < 0x1p900));
    }
    for (size_t i = 0; i < n && (extreme || !ordinary); i++)
        if (!ordinary || !(in_range(g[i]) & in_range(velocity[i]) & (size_of(w[i]) < 0x1p900)))
            wide_momentum(w[i], g[i], velocity[i], &moved[i], &after[i], option, nesterov);
}

/* Adam ---------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    double kept1, kept2;
    pair new1, new2, rate, epsilon; /* what the shares leave; the corrected rate and epsilon */
} adam_options;

OUTLINE void wide_adam(double w, double g, double m, double v, double *moved, double *first, double *second, adam_options o)
{
    if (w - w + (g - g) + (m - m) + (v - v) != 0) { /* infinite or nan */
        *first = o.kept1 * m + o.new1.h * g;
        *second = o.kept2 * v + o.new2.h * (g * g);
        *moved = w - o.rate.h * *first / (__builtin_sqrt(*second) + o.epsilon.h);
        return;
    }
    scaled slope = wide(g), mean = wide_sum(wide_product(wide(o.kept1), wide(m)), wide_product(wide_pair(o.new1), slope));
    scaled square = wide_product(wide_pair(o.new2), wide_product(slope, slope));
    square = wide_sum(wide_product(wide(o.kept2), wide(v)), square);
    int64_t odd = square.k & 1;
    pair inside = scale_pair(square.m, odd ? 2 : 1);
    double high = __builtin_sqrt(inside.h), excess = fused(-high, high, inside.h) + inside.l;
    scaled root = {{high, high > 0 ? 0.5 * excess / high : 0}, (square.k - odd) / 2};
    scaled divisor = wide_sum(root, wide_pair(o.epsilon)), part = wide_product(wide_pair(o.rate), mean);
    scaled step = {divide_pairs(scale_pair(part.m, -1), divisor.m), part.k - divisor.k};
    *moved = moved_by(w, step);
    *first = wide_value(mean.m, mean.k) + 0.0;
    *second = wide_value(square.m, square.k);
}

/* The arrays are arguments, so that the compiler believes that they are apart. Not 0: a v is negative. */
INLINE int adam(const double *restrict w, const double *restrict g, const double *restrict m, const double *restrict v,
                double *restrict moved, double *restrict first, double *restrict second, size_t n, const double *option)
{
    const adam_options o = {
        option[0], option[1], {option[2], option[3]}, {option[4], option[5]}, {option[6], option[7]}, {option[8], option[9]}};
    uint64_t extreme = 0, negative = 0;
    for (size_t i = 0; i < n; i++) {
        pair mean = cancelling_sum(two_product(o.kept1, m[i]), multiply_pairs(o.new1, (pair){g[i], 0}));
        pair square = add_pairs(two_product(o.kept2, v[i]), multiply_pairs(o.new2, two_product(g[i], g[i])));
        double root = __builtin_sqrt(square.h), excess = fused(-root, root, square.h) + square.l;
        pair divisor = add_pairs((pair){root, 0.5 * excess / (root > 0 ? root : 1)}, o.epsilon);
        pair step = divide_pairs(multiply_pairs(o.rate, mean), divisor);
        moved[i] = rounded_pair(add_pairs((pair){w[i], 0}, scale_pair(step, -1)));
        first[i] = rounded_pair(mean) + 0.0;
        second[i] = rounded_pair(square);
        extreme += !(in_range(g[i]) & in_range(m[i]) & in_range(v[i]) & (size_of(w[i]) < 0x1p900));
        negative += v[i] < 0;
    }
    for (size_t i = 0; i < n && extreme; i++)
        if (!(in_range(g[i]) & in_range(m[i]) & in_range(v[i]) & (size_of(w[i]) < 0x1p900)))
            wide_adam(w[i], g[i], m[i], v[i], &moved[i], &first[i], &second[i], o);
    return negative != 0;
}

static int momentum_step(const double *const *in, double *const *out, size_t n, const double *option)
{
    momentum(in[0], in[1], in[2], out[0], out[1], n, option, 0);
    return 0;
}

static int nesterov_step(const double *const *in, double *const *out, size_t n, const double *option)
{
    momentum(in[0], in[1], in[2], out[0], out[1], n, option, 1);
    return 0;
}

static int adam_step(const double *const *in, double *const *out, size_t n, const double *option)
{
    return adam(in[0], in[1], in[2], in[3], out[0], out[1], out[2], n, option);
}
