/* Sums of one term an entry, for one kind of number; included by of_probabilities.c. */

/* The term of two entries (or of one, twice), of arguments or weights that are `factor` times as large. */
typedef number NAME(term)(double p, double q, double factor);

/* What becomes of the sum of a row. */
typedef double NAME(finish)(pair total, const job *job);

/* -p log q, where 0 log 0 = 0. */
INLINE number NAME(surprisal)(double p, double q, double factor)
{
    number log = logarithm((pair){q > 0 ? q : 1, 0}), found = times(log, exact(-p * factor));
    number limit = exact(-p * log_limit(q, 0));
    found = q > 0 && q < INFINITE ? found : limit;
    return p == 0 && q == 0 ? exact(0) : found;
}

INLINE number NAME(own_surprisal)(double p, double q, double factor)
{
    (void)q;
    return NAME(surprisal)(p, p, factor);
}

/* p log(p/q) - p + q: never negative, 0 only for p = q. With Q = 2^k q within sqrt(2) of p and s = (p - Q) / (p + Q), in which
   p - Q is exact, log(p/Q) = 2 s + r, and 2 p s = (p - Q) (1 + s): what cancels is gone on paper, and what is left is
   p k log 2 + (p - Q) s + p r + (q - Q). */
INLINE number NAME(divergence)(double p, pair q, double factor)
{
    split of_p = split_of(p), of_q = split_of(q.h);
    double apart = of_p.m > SQRT_2 * of_q.m ? 2 : of_q.m > SQRT_2 * of_p.m ? 0.5 : 1;
    double k = of_p.k - of_q.k + (apart == 2 ? 1 : apart == 0.5 ? -1 : 0), m = of_q.m * apart, m_low = q.l * of_q.inverse * apart;
    number difference = sum(of_p.m - m, -m_low), both = plus(exact(m_low), sum(of_p.m, m));
    number s = over(difference, both), t = scale(s, 2);
    double w = rounded(t) * rounded(t), rest = of_p.m * (rounded(t) * w * NAME(tail)(w));
    number near = plus(times(difference, s), exact(rest));
    number far = plus(product(of_p.m, k * LN2_HIGH), exact(of_p.m * (k * LN2_LOW)));
    power p2 = power_of_two((int64_t)of_p.k);
    number inside = scale(scale(scale(plus(far, near), p2.first), factor), p2.second);
    double of_m = m * p2.first * factor * p2.second, of_low = m_low * p2.first * factor * p2.second;
    number gap = plus(sum(q.h * factor, -of_m), exact(q.l * factor - of_low));
    return plus(inside, k == 0 ? exact(0) : gap);
}

INLINE number NAME(divergence_or_limit)(double p, pair q, double factor)
{
    int inside = p > 0 && q.h > 0 && p < INFINITE && q.h < INFINITE;
    number found = NAME(divergence)(inside ? p : 1, inside ? q : (pair){1, 0}, factor);
    double limit = p == 0 && q.h >= 0 ? q.h * factor : q.h == 0 && p > 0 ? INFINITE : NOT_A_NUMBER;
    return inside ? found : number_of((pair){limit, p == 0 ? q.l * factor : 0});
}

INLINE number NAME(kl_term)(double p, double q, double factor) { return NAME(divergence_or_limit)(p, (pair){q, 0}, factor); }

/* (p log(p/m) - p + m) + (q log(q/m) - q + m) with m = (p + q) / 2. */
INLINE number NAME(js_term)(double p, double q, double factor)
{
    int huge = p > 0x1p1000 || q > 0x1p1000;
    pair middle = scale_pair(two_sum(huge ? 0.5 * p : p, huge ? 0.5 * q : q), huge ? 1 : 0.5);
    return plus(NAME(divergence_or_limit)(p, middle, factor), NAME(divergence_or_limit)(q, middle, factor));
}

INLINE number NAME(square_term)(double t, double y, double factor)
{
    number r = sum(y * factor, -t * factor);
    return times(r, r);
}

INLINE number NAME(distance_term)(double t, double y, double factor)
{
    number r = sum(y * factor, -t * factor);
    return scale(r, rounded(r) < 0 ? -1 : 1);
}

/* Adds the terms of a block to the sums of its rows. */
INLINE void NAME(add_terms)(NAME(block) * b, NAME(sums) * total, double factor, int arguments, NAME(term) * f)
{
    double h[TILE], l[TILE];
    NAME(clear)(total);
    for (size_t s = 0; s < b->strips; s++) {
        const double *restrict p = NAME(fetch)(b, 0, s), *restrict q = arguments > 1 ? NAME(fetch)(b, 1, s) : p;
        for (size_t i = 0; i < b->entries; i++)
            put(h, l, i, f(p[i], q[i], factor));
        NAME(add)(b, h, l, total);
    }
}

/* The sum of the terms of each row. Where it leaves the range in which nothing is lost, the terms are computed anew, larger or
   smaller by a power of two, which goes into the result `degree` times (0: nothing leaves the range). */
INLINE int NAME(reduce)(const job *job, int arguments, int degree, NAME(term) * f, NAME(finish) * finish)
{
    NAME(block) b;
    NAME(sums) total;
    double values[MOST_ROWS];
    for (NAME(begin)(&b, job); NAME(next)(&b);) {
        if (wrong_pmfs(job, 0, b.row, b.rows) || (arguments > 1 && wrong_pmfs(job, 1, b.row, b.rows)))
            return 1;
        NAME(add_terms)(&b, &total, 1, arguments, f);
        int tiny = 0, large = 0;
        for (size_t r = 0; r < b.rows; r++) {
            double size = size_of(NAME(total)(&total, r).h);
            values[r] = finish(NAME(total)(&total, r), job);
            tiny |= size < 0x1p-900 && degree;
            large |= !(size < 0x1p1000) && degree;
        }
        for (int k = 0; k < 2; k++) {
            double factor = k ? 0x1p-600 : 0x1p600;
            if (!(k ? large : tiny))
                continue;
            NAME(sums) again;
            NAME(add_terms)(&b, &again, factor, arguments, f);
            for (size_t r = 0; r < b.rows; r++) {
                double size = size_of(NAME(total)(&total, r).h);
                if (k ? size < 0x1p1000 : size >= 0x1p-900)
                    continue;
                double value = finish(NAME(total)(&again, r), job) / factor;
                value = degree > 1 ? value / factor : value;
                values[r] = value == value ? value : values[r]; /* what is 0 may be of entries that are now infinite */
            }
        }
        write_entries(job->value_format, job->value, b.row, b.rows, values);
    }
    return 0;
}

/* In units of the logarithm of the base: its inverse is the options. */
INLINE double NAME(in_units)(pair total, const job *job)
{
    return rounded_pair(multiply_pairs(total, (pair){job->option[0], job->option[1]})) + 0.0;
}

INLINE double NAME(mean)(pair total, const job *job) { return rounded_pair(divide_pairs(total, (pair){(double)job->length, 0})); }

INLINE double NAME(exponential_of)(pair total, const job *job)
{
    (void)job;
    return rounded_pair(exp_pair(total.h > 700 ? (pair){700, 0} : total)) * (total.h > 700 ? INFINITE : 1);
}

static int NAME(entropy)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 1, 1, NAME(own_surprisal), NAME(in_units));
}

static int NAME(perplexity)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 1, 0, NAME(own_surprisal), NAME(exponential_of));
}

static int NAME(crossentropy)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 2, 1, NAME(surprisal), NAME(in_units));
}

static int NAME(kl_divergence)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 2, 1, NAME(kl_term), NAME(in_units));
}

static int NAME(js_divergence)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 2, 1, NAME(js_term), NAME(in_units));
}

static int NAME(mean_squared_error)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 2, 2, NAME(square_term), NAME(mean));
}

static int NAME(mean_absolute_error)(const job *job, double *room)
{
    (void)room;
    return NAME(reduce)(job, 2, 1, NAME(distance_term), NAME(mean));
}

/* Gradients, entry by entry. */
typedef double NAME(slope)(double t, double y, double length);

INLINE void NAME(write_slopes)(const job *job, NAME(slope) * f)
{
    NAME(block) b;
    double room[TILE];
    for (NAME(begin)(&b, job); NAME(next)(&b);)
        for (size_t s = 0; s < b.strips; s++) {
            const double *restrict t = NAME(fetch)(&b, 0, s), *restrict y = NAME(fetch)(&b, 1, s);
            double *restrict to = NAME(target)(&b, room), length = (double)job->length;
            for (size_t i = 0; i < b.entries; i++)
                to[i] = f(t[i], y[i], length);
            NAME(store)(&b, to);
        }
}

INLINE double NAME(slope_of_square)(double t, double y, double length)
{
    int far = size_of(y - t) == INFINITE; /* a difference may overflow where its share of the mean does not */
    double less = far ? 0.25 : 1;
    return rounded(over(sum(y * less, -t * less), exact(length / 2 * less)));
}

INLINE double NAME(slope_of_distance)(double t, double y, double length) { return (y > t ? 1 : y < t ? -1 : y - t) / length; }

INLINE double NAME(slope_of_surprisal)(double t, double q, double length)
{
    (void)length;
    return t == 0 && q == 0 ? 0 : 0.0 - t / q;
}

/* -log q and its gradient, where labels are class numbers. */
INLINE int NAME(at_labels)(const job *job, int gradient)
{
    static const double zeros[TILE];
    if (wrong_pmfs(job, 0, 0, job->rows))
        return 1;
    for (size_t i = 0; i < job->rows * job->length && gradient; i += TILE) {
        size_t left = job->rows * job->length - i;
        write_entries(job->output_format, job->output, i, left < TILE ? left : TILE, zeros);
    }
    for (size_t r = 0; r < job->rows; r++) {
        double q;
        size_t place = r * job->length + (size_t)job->label[r];
        read_entries(job->input_format[0], job->input[0], place, 1, &q);
        double log = rounded_pair(log_pair((pair){q > 0 ? q : 1, 0})), loss = 0.0 - log_limit(q, log), slope = -1 / q;
        write_entries(job->value_format, job->value, r, 1, &loss);
        if (gradient)
            write_entries(job->output_format, job->output, place, 1, &slope);
    }
    return 0;
}

static int NAME(sparse_crossentropy)(const job *job, double *room)
{
    (void)room;
    return NAME(at_labels)(job, 0);
}

static int NAME(sparse_crossentropy_value_and_grad)(const job *job, double *room)
{
    (void)room;
    return NAME(at_labels)(job, 1);
}

static int NAME(mean_squared_error_value_and_grad)(const job *job, double *room)
{
    NAME(write_slopes)(job, NAME(slope_of_square));
    return NAME(mean_squared_error)(job, room);
}

static int NAME(mean_absolute_error_value_and_grad)(const job *job, double *room)
{
    NAME(write_slopes)(job, NAME(slope_of_distance));
    return NAME(mean_absolute_error)(job, room);
}

static int NAME(crossentropy_value_and_grad)(const job *job, double *room)
{
    NAME(write_slopes)(job, NAME(slope_of_surprisal));
    return NAME(crossentropy)(job, room);
}
