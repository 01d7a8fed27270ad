/* Numbers as unevaluated sums of two doubles: about 106 bits, of which the last two or three are not to be relied on. */
#ifndef MATHCORE_PAIR_H
#define MATHCORE_PAIR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
#define OUTLINE static __attribute__((noinline, unused)) /* one copy of what many kernels share */

typedef struct {
    double h, l; /* |l| is at most two ULP of h */
} pair;

INLINE uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

INLINE double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

INLINE double fused(double a, double b, double c)
{
    return __builtin_fma(a, b, c); /* rounded once; -ffp-contract=off sees to it that there are no others */
}

INLINE double size_of(double x) { return __builtin_fabs(x); }

/* a + b = h + l exactly (Knuth, The art of computer programming II, 4.2.2, theorem B). */
INLINE pair two_sum(double a, double b)
{
    double h = a + b, t = h - a;
    return (pair){h, (a - (h - t)) + (b - t)};
}

/* The same for |a| >= |b| or a = 0 (Dekker, A floating-point technique for extending the available precision, 1971). */
INLINE pair fast_two_sum(double a, double b)
{
    double h = a + b;
    return (pair){h, b - (h - a)};
}

/* a b = h + l exactly, unless l underflows. */
INLINE pair two_product(double a, double b)
{
    double h = a * b;
    return (pair){h, fused(a, b, -h)};
}

/* The number as a double. An infinite h has no l to be added: it would be nan. */
INLINE double rounded_pair(pair x)
{
    double sum = x.h + x.l;
    return x.h - x.h == 0 ? sum : x.h;
}

/* The operations below lose at most a few 2^-104 (Joldes, Muller and Popescu, Tight and rigorous error bounds for basic
   building blocks of double-word arithmetic, 2017), sums of opposite signs as much of the larger term. */
INLINE pair add_pairs(pair a, pair b)
{
    pair s = two_sum(a.h, b.h);
    return fast_two_sum(s.h, s.l + (a.l + b.l));
}

INLINE pair multiply_pairs(pair a, pair b)
{
    pair p = two_product(a.h, b.h);
    return (pair){p.h, p.l + fused(a.h, b.l, a.l * b.h)}; /* an infinite p.h stays what it is */
}

/* One division: the remainder of the rounded quotient is known exactly. */
INLINE pair divide_pairs(pair a, pair b)
{
    double inverse = 1 / b.h, q = a.h * inverse;
    double remainder = fused(-q, b.h, a.h) + (a.l - q * b.l);
    return (pair){q, remainder * inverse};
}

INLINE pair scale_pair(pair x, double factor) /* a power of two, or 1 or -1 */ { return (pair){x.h * factor, x.l * factor}; }

#endif
