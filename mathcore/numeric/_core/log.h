/* log for results in float64 (a pair, to 2^-58) and in float32 (a double, to 2^-40), with all digits near 1. */
#ifndef MATHCORE_LOG_H
#define MATHCORE_LOG_H

#include "exp.h"

static const double SMALLEST_NORMAL = 0x1p-1022;

/* x = m 2^k with m from sqrt(1/2) to sqrt(2), for x > 0. */
typedef struct {
    double m, k, inverse; /* 2^-k, for what is added to x: for normal x below 2^1022 */
} split;

INLINE split split_of(double x)
{
    static const uint64_t ROOT_HALF = 0x3fe6a09e667f3bcd, OFFSET = (uint64_t)1024 << 52; /* so that no difference is negative */
    int subnormal = x < SMALLEST_NORMAL;
    double normal = subnormal ? x * 0x1p54 : x;
    uint64_t shifted = bits_of(normal) - ROOT_HALF + OFFSET, k = shifted >> 52;
    double m = from_bits(bits_of(normal) - ((k - 1024) << 52));
    double exponent = from_bits(bits_of(0x1p52) + k) - (0x1p52 + 1024); /* an integer as a double, in vector instructions */
    return (split){m, exponent - (subnormal ? 54 : 0), from_bits((2047 - (k < 2047 ? k : 2047)) << 52)};
}

/* 2 atanh(s) = t + t w P(w) for t = 2 s, w = t^2, as (t, the rest); t comes as a pair. */
INLINE double log_tail(double w, const double *c, int many)
{
    double w2 = w * w;
    return many ? polynomial_8(c, w, w2, w2 * w2) : fused(c[4], w2 * w2, polynomial_4(c, w, w2));
}

/* k log 2 + log(1 + f) for 1 + f from sqrt(1/2) to sqrt(2). */
INLINE pair log_of_reduced(double k, pair f)
{
    pair half = fast_two_sum(1.0, 0.5 * f.h), t = divide_pairs(f, (pair){half.h, half.l + 0.5 * f.l});
    double w = t.h * t.h, rest = fused(t.h * w, log_tail(w, LOG_TAIL, 1), t.l);
    pair sum = fast_two_sum(k * LN2_HIGH, t.h);            /* the product is exact; where k is not 0 it is the larger one */
    return (pair){sum.h, sum.l + fused(k, LN2_LOW, rest)}; /* the low part may be 1 % of the high one */
}

INLINE double log_of_reduced_double(double k, double f)
{
    double t = f / fused(0.5, f, 1.0), w = t * t;
    return fused(k, LN2_HIGH, fused(k, LN2_LOW, fused(t * w, log_tail(w, LOG_SHORT_TAIL, 0), t)));
}

/* log(x + low) for x from the smallest subnormal to the largest float. */
INLINE pair log_pair(pair x)
{
    split s = split_of(x.h);
    return log_of_reduced(s.k, fast_two_sum(s.m - 1, x.l * s.inverse));
}

INLINE double log_double(double x, double low)
{
    split s = split_of(x);
    return log_of_reduced_double(s.k, fused(low, s.inverse, s.m - 1));
}

static const double ROOT_2_LESS_1 = 0.41421356237309503;

/* log(1 + e) for 0 <= e <= 1, with all digits of a small e. */
INLINE pair log_1_plus_pair(pair e)
{
    pair less = fast_two_sum(-1, e.h), half = {0.5 * less.h, 0.5 * (less.l + e.l)}; /* 1 + e is 2 (1 + half) */
    int large = e.h > ROOT_2_LESS_1;
    return log_of_reduced(large ? 1 : 0, large ? half : e);
}

INLINE double log_1_plus_double(double e)
{
    int large = e > ROOT_2_LESS_1;
    return log_of_reduced_double(large ? 1 : 0, large ? 0.5 * (e - 1) : e);
}

/* The limits of a logarithm: -inf at 0, inf at inf, nan left of 0 and at nan. */
INLINE double log_limit(double x, double log)
{
    double limit = x == 0 ? -__builtin_inf() : x > 0 ? x : __builtin_nan("");
    return x > 0 && x < __builtin_inf() ? log : limit;
}

#endif
