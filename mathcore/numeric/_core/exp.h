/* exp for results in float64 (a pair, to 2^-58) and in float32 (a double, to 2^-37); and exp(x) - 1. */
#ifndef MATHCORE_EXP_H
#define MATHCORE_EXP_H

#include "coefficients.h"
#include "pair.h"

/* Polynomials by halves (Estrin): shorter chains than Horner's rule, and a loop that is unrolled stays a vector loop. */
INLINE double polynomial_2(const double *c, double x) { return fused(c[1], x, c[0]); }

INLINE double polynomial_4(const double *c, double x, double x2) { return fused(polynomial_2(c + 2, x), x2, polynomial_2(c, x)); }

INLINE double polynomial_8(const double *c, double x, double x2, double x4)
{
    return fused(polynomial_4(c + 4, x, x2), x4, polynomial_4(c, x, x2));
}

static const double ROUND = 0x1.8p52; /* x + ROUND - ROUND is x rounded to an integer, which the last bits of the sum hold */

/* Powers of two as the halves of which they are products, so that neither half leaves the range. */
typedef struct {
    double first, second;
} power;

INLINE power power_of_two(int64_t k) /* -2000 < k < 2000; anything for another k, such as that of nan */
{
    uint64_t offset = (uint64_t)k + 2046, half = offset >> 1;
    return (power){from_bits(half << 52), from_bits((offset - half) << 52)};
}

INLINE double times_power(double x, power p) { return x * p.first * p.second; }

/* x + low = n log 2 + r with |r| <= log(2)/2, as r + r_low; `shifted` holds n in its last bits. */
typedef struct {
    double shifted, n;
    pair r;
} reduced;

INLINE reduced reduce(double x, double low)
{
    double shifted = fused(x, LOG2_E, ROUND), n = shifted - ROUND;
    double r = fused(n, -LN2_HIGH, x), r_low = fused(n, -LN2_LOW, low); /* the first is exact: n has 11 bits, LN2_HIGH 40 */
    return (reduced){shifted, n, fast_two_sum(r, r_low)}; /* where r is the smaller one, what is lost is below 2^-90 */
}

INLINE int64_t whole(reduced x) { return (int64_t)(bits_of(x.shifted) - bits_of(ROUND)); }

/* exp(r) - 1: r + r^2/2 exactly, the rest in double. The low part may be 2 % of the high one: what is made of it is not. */
INLINE pair expm1_of_reduced(pair r)
{
    double z = r.h * r.h, z_low = fused(r.h, r.h, -z), z4 = z * z;
    double tail = fused(polynomial_2(EXP_TAIL + 8, r.h), z4 * z4, polynomial_8(EXP_TAIL, r.h, z, z4));
    pair p = fast_two_sum(r.h, 0.5 * z);
    return (pair){p.h, p.l + fused(r.l, 1 + r.h, fused(0.5, z_low, (r.h * z) * tail))};
}

static const double GONE = -745.2; /* exp of less is less than half of the smallest subnormal: 0, and no slow subnormals */

/* exp(x + low) = m 2^k: for products that are smaller or larger than exp itself. */
typedef struct {
    pair m;
    int64_t k;
} scaled;

INLINE scaled exp_scaled(double x, double low)
{
    reduced a = reduce(x, low);
    pair p = expm1_of_reduced(a.r), e = fast_two_sum(1.0, p.h);
    return (scaled){fast_two_sum(e.h, e.l + p.l), whole(a)};
}

static const double NORMAL = -708; /* exp of more is a normal number */

INLINE pair exp_pair(pair x) /* for x up to 700 */
{
    int gone = x.h < GONE;
    scaled e = exp_scaled(gone ? 0 : x.h, gone ? 0 : x.l);
    power p = power_of_two(e.k);
    p.second = gone ? 0 : p.second;
    return (pair){times_power(e.m.h, p), times_power(e.m.l, p)};
}

INLINE pair exp_of_normal(pair x) /* the same bits, for NORMAL <= x <= 700 */
{
    scaled e = exp_scaled(x.h, x.l);
    double power = from_bits(((uint64_t)e.k + 1023) << 52);
    return scale_pair(e.m, power);
}

/* exp(x) - 1 for x from -745 to 700, with all digits near 0. */
INLINE pair expm1_pair(pair x)
{
    reduced a = reduce(x.h, x.l);
    double power = from_bits((bits_of(a.shifted) + 1023) << 52);
    pair p = expm1_of_reduced(a.r), whole = two_sum(-1, power), e = two_sum(whole.h, p.h * power);
    return fast_two_sum(e.h, e.l + (whole.l + p.l * power));
}

INLINE double exp_double(double x) /* for results in float32, x up to 700: as good as 0 below -700 */
{
    double inside = x < -700 ? -700 : x;
    double shifted = fused(inside, LOG2_E, ROUND), n = shifted - ROUND;
    double r = fused(n, -LN2_LOW, fused(n, -LN2_HIGH, inside)), z = r * r;
    double tail =
        fused(fused(EXP_SHORT_TAIL[6], z, polynomial_2(EXP_SHORT_TAIL + 4, r)), z * z, polynomial_4(EXP_SHORT_TAIL, r, z));
    double power = from_bits((bits_of(shifted) + 1023) << 52);
    return (fused(z, tail, r) + 1) * power; /* exp(0) is 1 */
}

#endif
