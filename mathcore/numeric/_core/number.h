/* Formulas are written once, in numbers: pairs where the result is float64, doubles where it is float32 or float16.

   A file of formulas is included twice, with `number` and NAME defined for each. What looks like a function below is the
   one for the kind of number at hand. */
#ifndef MATHCORE_NUMBER_H
#define MATHCORE_NUMBER_H

#include "log.h"
#include "tile.h"

#define INFINITE __builtin_inf()
#define NOT_A_NUMBER __builtin_nan("")

#define exact NAME(exact)     /* a double as a number */
#define sum NAME(sum)         /* of two doubles */
#define product NAME(product) /* of two doubles */
#define plus NAME(plus)       /* of two numbers; so are the next three */
#define times NAME(times)
#define over NAME(over)
#define scale NAME(scale)             /* by a power of two or a sign */
#define rounded NAME(rounded)         /* to a double */
#define exponential NAME(exponential) /* of a number */
#define exp_apart NAME(exp_apart)     /* of a double from -800 to 0, its power of two apart */
#define logarithm NAME(logarithm)     /* of a pair > 0 */
#define log_1_plus NAME(log_1_plus)   /* log(1 + e) of a number e from 0 to 1 */
#define get NAME(get)                 /* entry i of an array of numbers, kept as two arrays */
#define put NAME(put)

typedef struct {
    pair m;
    power p;
} apart_in_pairs;

typedef struct {
    double m;
    power p;
} apart_in_doubles;

INLINE pair exact_in_pairs(double x) { return (pair){x, 0}; }
INLINE pair sum_in_pairs(double a, double b) { return two_sum(a, b); }
INLINE pair product_in_pairs(double a, double b) { return two_product(a, b); }
INLINE pair plus_in_pairs(pair a, pair b) { return add_pairs(a, b); }
INLINE pair times_in_pairs(pair a, pair b) { return multiply_pairs(a, b); }
INLINE pair over_in_pairs(pair a, pair b) { return divide_pairs(a, b); }
INLINE pair scale_in_pairs(pair a, double factor) { return scale_pair(a, factor); }
INLINE double rounded_in_pairs(pair a) { return rounded_pair(a); }
INLINE pair exponential_in_pairs(pair a) { return exp_pair(a); }
INLINE pair logarithm_in_pairs(pair a) { return log_pair(a); }
INLINE pair log_1_plus_in_pairs(pair a) { return log_1_plus_pair(a); }
INLINE pair get_in_pairs(const double *h, const double *l, size_t i) { return (pair){h[i], l[i]}; }
INLINE void put_in_pairs(double *h, double *l, size_t i, pair a)
{
    h[i] = a.h;
    l[i] = a.l;
}
INLINE apart_in_pairs exp_apart_in_pairs(double x)
{
    scaled e = exp_scaled(x, 0);
    return (apart_in_pairs){e.m, power_of_two(e.k)};
}

INLINE double exact_in_doubles(double x) { return x; }
INLINE double sum_in_doubles(double a, double b) { return a + b; }
INLINE double product_in_doubles(double a, double b) { return a * b; }
INLINE double plus_in_doubles(double a, double b) { return a + b; }
INLINE double times_in_doubles(double a, double b) { return a * b; }
INLINE double over_in_doubles(double a, double b) { return a / b; }
INLINE double scale_in_doubles(double a, double factor) { return a * factor; }
INLINE double rounded_in_doubles(double a) { return a; }
INLINE double exponential_in_doubles(double a) { return exp_double(a); }
INLINE pair exponential_of_normal_in_pairs(pair a) { return exp_of_normal(a); }
INLINE double exponential_of_normal_in_doubles(double a) { return exp_double(a); }
#define exponential_of_normal NAME(exponential_of_normal) /* where the result is a normal number */
INLINE double logarithm_in_doubles(pair a) { return log_double(a.h, a.l); }
INLINE double log_1_plus_in_doubles(double a) { return log_1_plus_double(a); }
INLINE double get_in_doubles(const double *h, const double *l, size_t i) { return (void)l, h[i]; }
INLINE void put_in_doubles(double *h, double *l, size_t i, double a) { (void)l, h[i] = a; }
INLINE apart_in_doubles exp_apart_in_doubles(double x) { return (apart_in_doubles){exp_double(x), {1, 1}}; }

INLINE pair one_plus_in_pairs(pair e)
{
    pair s = fast_two_sum(1.0, e.h);
    return (pair){s.h, s.l + e.l};
}
INLINE double one_plus_in_doubles(double e) { return 1 + e; }
#define one_plus NAME(one_plus) /* 1 + e of a number e from 0 to 1 */

INLINE pair number_in_pairs(pair a) { return a; }
INLINE double number_in_doubles(pair a) { return a.h; }
#define number_of NAME(number) /* a pair as a number */

INLINE int is_one_in_pairs(pair x) { return x.h == 1 && x.l == 0; }
INLINE int is_one_in_doubles(double x) { return x == 1; }
#define is_one NAME(is_one)

INLINE pair accumulated_in_pairs(pair total, pair x)
{
    accumulate(&total, x.h, x.l);
    return total;
}
INLINE double accumulated_in_doubles(double total, double x) { return total + x; }
#define accumulated NAME(accumulated) /* a running sum and one more */

INLINE counted total_of_in_pairs(const double *h, const double *l, size_t n) { return sum_of_pairs(h, l, n); }
INLINE counted total_of_in_doubles(const double *h, const double *l, size_t n) { return (void)l, sum_of_doubles(h, n); }
#define total_of NAME(total_of) /* of n numbers */

#endif
