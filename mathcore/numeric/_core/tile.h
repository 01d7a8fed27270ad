/* Entries in any format as doubles and back; maxima and sums of a tile: some rows, or a strip of one. */
#ifndef MATHCORE_TILE_H
#define MATHCORE_TILE_H

#include "kernels.h"
#include "pair.h"

/* Short rows are laid across: entry k of row r at k LANES + r, so that every loop runs along the rows. */
enum { LANES = 32, SHORT = 16, MOST_ROWS = TILE / SHORT };

/* Formats ------------------------------------------------------------------------------------------------------------ */

INLINE double from_half(uint16_t half) /* exact: the exponent is moved by multiplying */
{
    uint64_t sign = (uint64_t)(half & 0x8000) << 48, size = (uint64_t)(half & 0x7fff) << 42;
    double found = from_bits(size) * 0x1p1008;
    return from_bits(sign | ((half & 0x7c00) == 0x7c00 ? size | (uint64_t)0x7ff << 52 : bits_of(found)));
}

INLINE uint16_t to_half(double x) /* rounded once, to the nearest, ties to even */
{
    double size = __builtin_fabs(x);
    uint64_t exponent = bits_of(size) >> 52;
    exponent = exponent < 1009 ? 1009 : exponent;            /* 2^-14: below, floats of 16 bits are 2^-24 apart */
    double unit = from_bits((exponent + 42) << 52);          /* adding it leaves 11 digits */
    double near = size >= 65520 ? size : size + unit - unit; /* from here on it is infinite */
    uint64_t bits = bits_of((near >= 65520 ? 0 : near) * 0x1p-1008) >> 42;
    bits = size >= 65520 ? 0x7c00 : size != size ? 0x7e00 : bits;
    return (uint16_t)(bits | (bits_of(x) >> 48 & 0x8000));
}

OUTLINE void read_entries(format from, const void *entries, size_t first, size_t n, double *restrict to)
{
    if (from == DOUBLE) {
        memcpy(to, (const double *)entries + first, n * sizeof(double));
    } else if (from == SINGLE) {
        const float *restrict x = (const float *)entries + first;
        for (size_t i = 0; i < n; i++)
            to[i] = x[i];
    } else {
        const uint16_t *restrict x = (const uint16_t *)entries + first;
        for (size_t i = 0; i < n; i++)
            to[i] = from_half(x[i]);
    }
}

OUTLINE void write_entries(format to, void *entries, size_t first, size_t n, const double *restrict from)
{
    if (to == DOUBLE) {
        memcpy((double *)entries + first, from, n * sizeof(double));
    } else if (to == SINGLE) {
        float *restrict y = (float *)entries + first;
        for (size_t i = 0; i < n; i++)
            y[i] = (float)from[i];
    } else {
        uint16_t *restrict y = (uint16_t *)entries + first;
        for (size_t i = 0; i < n; i++)
            y[i] = to_half(from[i]);
    }
}

/* Doubles are read where they lie, anything else in `room`. */
INLINE const double *entries_of(format from, const void *entries, size_t first, size_t n, double *room)
{
    if (from == DOUBLE)
        return (const double *)entries + first;
    read_entries(from, entries, first, n, room);
    return room;
}

OUTLINE void lay_across(const double *restrict rows, size_t count, size_t length, double *restrict x)
{
    for (size_t k = 0; k < length; k++)
        for (size_t r = 0; r < LANES; r++)
            x[k * LANES + r] = rows[(r < count ? r : 0) * length + k];
}

OUTLINE void lay_along(const double *restrict x, size_t count, size_t length, double *restrict rows)
{
    for (size_t r = 0; r < count; r++)
        for (size_t k = 0; k < length; k++)
            rows[r * length + k] = x[k * LANES + r];
}

/* Sums and maxima of one row: eight lanes at a time, in an order that depends on its length alone. ---------------------- */

typedef double lanes __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t masks __attribute__((vector_size(64), aligned(8), may_alias));

INLINE lanes choose(masks which, lanes a, lanes b) { return (lanes)((which & (masks)a) | (~which & (masks)b)); }

INLINE void load_lanes(const double *x, size_t n, double pad, lanes *first, lanes *second) /* the next 16 entries, or n < 16 */
{
    if (n >= 16) {
        memcpy(first, x, sizeof *first);
        memcpy(second, x + 8, sizeof *second);
        return;
    }
    double few[16];
    for (size_t i = 0; i < 16; i++)
        few[i] = i < n ? x[i] : pad;
    memcpy(first, few, sizeof *first);
    memcpy(second, few + 8, sizeof *second);
}

INLINE double maximum(const double *x, size_t n) /* of what is not nan; -inf if nothing is left */
{
    lanes first, second, a = (lanes){0} - __builtin_inf(), b = a;
    for (size_t i = 0; i < n; i += 16) {
        load_lanes(x + i, n - i, -__builtin_inf(), &first, &second);
        a = choose(first > a, first, a);
        b = choose(second > b, second, b);
    }
    a = choose(b > a, b, a);
    double most = a[0];
    for (int j = 1; j < 8; j++)
        most = a[j] > most ? a[j] : most;
    return most;
}

/* A sum as the number of its terms that are exactly 1, and the rest: what rivals a maximum, exp(0), keeps its digits. */
typedef struct {
    double ones;
    pair rest;
} counted;

OUTLINE counted sum_of_doubles(const double *x, size_t n)
{
    lanes first, second, a = {0}, b = {0}, ones = {0}, one = (lanes){0} + 1, zero = {0};
    for (size_t i = 0; i < n; i += 16) {
        load_lanes(x + i, n - i, 0, &first, &second);
        a += choose(first == one, zero, first);
        b += choose(second == one, zero, second);
        ones += choose(first == one, one, zero) + choose(second == one, one, zero);
    }
    counted total = {0, {0, 0}};
    for (int j = 0; j < 8; j++)
        total.rest.h += a[j], total.ones += ones[j];
    for (int j = 0; j < 8 && n > 8; j++)
        total.rest.h += b[j];
    return total;
}

/* A cascaded sum: h as it is rounded, in l all that rounding took (Ogita, Rump and Oishi, Accurate sum and dot product,
   2005, algorithm Sum2). */
INLINE void accumulate(pair *total, double h, double l)
{
    pair s = two_sum(total->h, h);
    total->h = s.h;
    total->l += s.l + l;
}

INLINE void accumulate_lanes(lanes *h, lanes *l, lanes x, lanes x_low)
{
    lanes s = *h + x, t = s - *h;
    *l += ((*h - (s - t)) + (x - t)) + x_low;
    *h = s;
}

OUTLINE counted sum_of_pairs(const double *h, const double *l, size_t n)
{
    lanes first, second, first_low, second_low, a = {0}, b = {0}, a_low = {0}, b_low = {0};
    lanes ones = {0}, one = (lanes){0} + 1, zero = {0};
    for (size_t i = 0; i < n; i += 16) {
        load_lanes(h + i, n - i, 0, &first, &second);
        load_lanes(l + i, n - i, 0, &first_low, &second_low);
        masks is_one = (first == one) & (first_low == zero), also_one = (second == one) & (second_low == zero);
        accumulate_lanes(&a, &a_low, choose(is_one, zero, first), first_low);
        accumulate_lanes(&b, &b_low, choose(also_one, zero, second), second_low);
        ones += choose(is_one, one, zero) + choose(also_one, one, zero);
    }
    counted total = {0, {0, 0}};
    for (int j = 0; j < 8; j++)
        accumulate(&total.rest, a[j], a_low[j]), total.ones += ones[j];
    for (int j = 0; j < 8 && n > 8; j++)
        accumulate(&total.rest, b[j], b_low[j]);
    return total;
}

#endif
