/* Functions of rows of logits, for one kind of number; included by of_logits.c. */

/* What is known of rows: the maximum, the sum of the exponentials exp(z - maximum), in which the ones are the logits that share
   the maximum, 1 over it and its logarithm; and the sum of the labels. */
typedef struct {
    double maximum[MOST_ROWS];
    NAME(sums) total;
    double inverse_h[MOST_ROWS], inverse_l[MOST_ROWS], log_h[MOST_ROWS], log_l[MOST_ROWS];
    double mass_h[MOST_ROWS], mass_l[MOST_ROWS], factor[MOST_ROWS]; /* the labels are multiplied by a power of two */
} NAME(known);

typedef struct {
    double maximum, ones, factor;
    number rest, inverse, log, mass;
} NAME(known_row);

INLINE NAME(known_row) NAME(row_of)(const NAME(known) * k, size_t r)
{
    return (NAME(known_row)){k->maximum[r],
                             k->total.ones[r],
                             k->factor[r],
                             get(k->total.h, k->total.l, r),
                             get(k->inverse_h, k->inverse_l, r),
                             get(k->log_h, k->log_l, r),
                             get(k->mass_h, k->mass_l, r)};
}

typedef struct {
    NAME(block) b;
    NAME(known) known;
    int logits; /* which argument holds them */
    double *room, *h, *l;
    const double *z, *t;
    double own_h[TILE], own_l[TILE], result_h[TILE], result_l[TILE];
} NAME(work);

/* `f` of every entry: of its exponential in h and l, its logit, its label, and what is known of its row. */
typedef number NAME(formula)(number e, double z, double t, NAME(known_row) row);

/* The arrays are arguments, so that the compiler believes that they are apart. */
INLINE void NAME(for_entries)(const NAME(block) *restrict b, const NAME(known) *restrict known, const double *restrict h,
                              const double *restrict l, const double *restrict z, const double *restrict t, double *restrict to_h,
                              double *restrict to_l, NAME(formula) * f)
{
    size_t rows = b->rows, n = b->n;
    if (b->across) {
        for (size_t k = 0; k < n; k++)
            for (size_t r = 0; r < LANES; r++) {
                size_t i = k * LANES + r;
                put(to_h, to_l, i, f(get(h, l, i), z[i], t[i], NAME(row_of)(known, r)));
            }
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        NAME(known_row) row = NAME(row_of)(known, r);
        for (size_t i = r * n; i < (r + 1) * n; i++)
            put(to_h, to_l, i, f(get(h, l, i), z[i], t[i], row));
    }
}

INLINE void NAME(round_entries)(const NAME(block) *restrict b, const NAME(known) *restrict known, const double *restrict h,
                                const double *restrict l, const double *restrict z, const double *restrict t, double *restrict y,
                                NAME(formula) * f)
{
    size_t rows = b->rows, n = b->n;
    if (b->across) {
        for (size_t k = 0; k < n; k++)
            for (size_t r = 0; r < LANES; r++) {
                size_t i = k * LANES + r;
                y[i] = rounded(f(get(h, l, i), z[i], t[i], NAME(row_of)(known, r)));
            }
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        NAME(known_row) row = NAME(row_of)(known, r);
        for (size_t i = r * n; i < (r + 1) * n; i++)
            y[i] = rounded(f(get(h, l, i), z[i], t[i], row));
    }
}

/* The same, written where results belong. */
INLINE void NAME(write)(NAME(work) * w, NAME(formula) * f)
{
    double *y = NAME(target)(&w->b, w->result_h);
    NAME(round_entries)(&w->b, &w->known, w->h, w->l, w->z, w->t, y, f);
    NAME(store)(&w->b, y);
}

OUTLINE void NAME(find_maxima)(const NAME(block) * b, const double *restrict z, double *restrict most)
{
    for (size_t r = 0; r < MOST_ROWS && !b->strip; r++)
        most[r] = -INFINITE;
    for (size_t k = 0; k < b->n && b->across; k++)
        for (size_t r = 0; r < LANES; r++)
            most[r] = z[k * LANES + r] > most[r] ? z[k * LANES + r] : most[r];
    for (size_t r = 0; r < b->rows && !b->across; r++) {
        double found = maximum(z + r * b->n, b->n);
        most[r] = found > most[r] ? found : most[r];
    }
}

/* z - maximum: 0 where they are equal, infinite ones too. */
INLINE number NAME(distance)(number e, double z, double t, NAME(known_row) row)
{
    (void)e, (void)t;
    number d = sum(z, -row.maximum);
    return z == row.maximum ? exact(0) : d;
}

OUTLINE void NAME(take_exponentials)(NAME(work) * w)
{
    NAME(for_entries)(&w->b, &w->known, w->z, w->z, w->z, w->z, w->h, w->l, NAME(distance));
    double *restrict h = w->h, *restrict l = w->l;
    uint64_t small = 0;
    for (size_t i = 0; i < w->b.entries; i++)
        small |= !(h[i] >= NORMAL);
    for (size_t i = 0; i < w->b.entries && small; i++)
        put(h, l, i, exponential(get(h, l, i)));
    for (size_t i = 0; i < w->b.entries && !small; i++)
        put(h, l, i, exponential_of_normal(get(h, l, i)));
}

INLINE void NAME(place)(NAME(work) * w, size_t strip) /* where the exponentials of a strip are kept */
{
    int kept = w->b.strips > 1 && w->b.length <= KEPT;
    w->h = kept ? w->room + strip * TILE : w->own_h;
    w->l = kept ? w->room + KEPT + strip * TILE : w->own_l;
}

/* The sum of a row's exponentials beside its maximum, all so small that each would be rounded to a subnormal. */
OUTLINE double NAME(sum_of_tiny)(const NAME(work) * w, size_t r)
{
    static const int UP = 200; /* binary digits */
    pair total = {0, 0};
    for (size_t i = 0; i < w->b.length; i++) {
        double z;
        read_entries(w->b.job->input_format[w->logits], w->b.job->input[w->logits], (w->b.row + r) * w->b.length + i, 1, &z);
        pair d = two_sum(z, -w->known.maximum[r]);
        if (d.h == 0 || !(d.h > -800))
            continue;
        scaled e = exp_scaled(d.h, d.l);
        power p = power_of_two(e.k + UP);
        accumulate(&total, times_power(e.m.h, p), times_power(e.m.l, p));
    }
    return rounded_pair(total) * 0x1p-200;
}

/* What there is to know of the next rows, with logarithms if they are asked for. A row of nothing but -inf has `empty` as its
   maximum. One logit of +inf leaves nothing to the others; of several there is no limit. */
OUTLINE void NAME(know)(NAME(work) * w, double empty, int logarithms)
{
    NAME(block) *b = &w->b;
    NAME(known) *known = &w->known;
    for (size_t s = 0; s < b->strips; s++) {
        w->z = NAME(fetch)(b, w->logits, s);
        NAME(find_maxima)(b, w->z, known->maximum);
    }
    for (size_t r = 0; r < MOST_ROWS; r++)
        known->maximum[r] = known->maximum[r] == -INFINITE ? empty : known->maximum[r];
    NAME(clear)(&known->total);
    for (size_t s = 0; s < b->strips; s++) {
        w->z = b->strips > 1 ? NAME(fetch)(b, w->logits, s) : w->z;
        NAME(place)(w, s);
        NAME(take_exponentials)(w);
        NAME(add)(b, w->h, w->l, &known->total);
    }
    size_t rows = b->across ? LANES : b->rows;
    for (size_t r = 0; r < b->rows && sizeof(number) > sizeof(double); r++)
        if (known->total.h[r] < 0x1p-960 && known->total.ones[r] == 1 && b->length > 1)
            known->total.h[r] = NAME(sum_of_tiny)(w, r), known->total.l[r] = 0;
    for (size_t r = 0; r < rows; r++) {
        int several = known->maximum[r] == INFINITE && known->total.ones[r] > 1 && empty != empty;
        known->total.h[r] = several ? NOT_A_NUMBER : known->total.h[r];
        put(known->inverse_h, known->inverse_l, r, over(exact(1), number_of(NAME(total)(&known->total, r))));
    }
    for (size_t r = 0; r < rows && logarithms; r++) {
        pair total = NAME(total)(&known->total, r), rest = {known->total.h[r], known->total.l[r]};
        int led = known->total.ones[r] == 1 && rest.h <= 1;
        pair near = log_1_plus_pair(fast_two_sum(rest.h, rest.l)), far = log_pair(total), log = led ? near : far;
        log = fast_two_sum(log_limit(total.h, log.h), log.l);
        put(known->log_h, known->log_l, r, number_of(log));
    }
}

/* The exponentials of a strip, again. */
OUTLINE void NAME(recall)(NAME(work) * w, size_t strip)
{
    if (w->b.strips == 1)
        return;
    w->z = NAME(fetch)(&w->b, w->logits, strip);
    NAME(place)(w, strip);
    if (w->b.length > KEPT)
        NAME(take_exponentials)(w);
}

INLINE void NAME(start)(NAME(work) * w, const job *job, double *room, int logits)
{
    NAME(begin)(&w->b, job);
    w->room = room;
    w->logits = logits;
}

INLINE number NAME(share)(number e, double z, double t, NAME(known_row) row)
{
    (void)z, (void)t;
    return times(e, row.inverse);
}

OUTLINE void NAME(write_shares)(NAME(work) * w, int logarithms)
{
    NAME(know)(w, NOT_A_NUMBER, logarithms);
    for (size_t s = 0; s < w->b.strips; s++) {
        NAME(recall)(w, s);
        w->t = w->z;
        NAME(write)(w, NAME(share));
    }
}

static int NAME(softmax)(const job *job, double *room)
{
    NAME(work) w;
    for (NAME(start)(&w, job, room, 0); NAME(next)(&w.b);)
        NAME(write_shares)(&w, 0);
    return 0;
}

/* (z - maximum) - log(sum): two terms of one sign. */
INLINE number NAME(log_share)(number e, double z, double t, NAME(known_row) row)
{
    number d = NAME(distance)(e, z, t, row), y = plus(d, scale(row.log, -1));
    return rounded(d) == -INFINITE ? exact(-INFINITE + rounded(row.log)) : y; /* nan where the sum has no limit */
}

static int NAME(log_softmax)(const job *job, double *room)
{
    NAME(work) w;
    for (NAME(start)(&w, job, room, 0); NAME(next)(&w.b);) {
        NAME(know)(&w, NOT_A_NUMBER, 1);
        for (size_t s = 0; s < w.b.strips; s++) {
            w.t = w.z = w.b.strips > 1 ? NAME(fetch)(&w.b, 0, s) : w.z;
            NAME(write)(&w, NAME(log_share));
        }
    }
    return 0;
}

static int NAME(logsumexp)(const job *job, double *room)
{
    NAME(work) w;
    for (NAME(start)(&w, job, room, 0); NAME(next)(&w.b);) {
        NAME(know)(&w, -INFINITE, 1);
        double values[MOST_ROWS];
        for (size_t r = 0; r < w.b.rows; r++) {
            NAME(known_row) row = NAME(row_of)(&w.known, r);
            double value = rounded(plus(exact(row.maximum), row.log));
            values[r] = size_of(row.maximum) == INFINITE ? row.maximum + rounded(row.rest) : value; /* nan if the rest is */
        }
        write_entries(job->value_format, job->value, w.b.row, w.b.rows, values);
    }
    return 0;
}

/* Labels as class numbers ------------------------------------------------------------------------------------------------ */

/* log(sum) - (z - maximum) at the label, and the gradient there: softmax less 1 as minus the sum of the others. */
OUTLINE void NAME(at_labels)(NAME(work) * w, int gradient)
{
    const job *job = w->b.job;
    double losses[MOST_ROWS];
    for (size_t r = 0; r < w->b.rows; r++) {
        size_t place = (w->b.row + r) * w->b.length + (size_t)job->label[w->b.row + r];
        NAME(known_row) row = NAME(row_of)(&w->known, r);
        double z;
        read_entries(job->input_format[0], job->input[0], place, 1, &z);
        number d = NAME(distance)(exact(0), z, 0, row), loss = plus(row.log, scale(d, -1));
        losses[r] = rounded(d) == -INFINITE && rounded(row.log) == rounded(row.log) ? INFINITE : rounded(loss);
        if (!gradient)
            continue;
        int leads = z == row.maximum;
        number others = plus(exact(row.ones - leads), row.rest);
        others = leads ? others : plus(others, scale(exponential(d), -1));
        double slope = 0.0 - rounded(times(others, row.inverse));
        write_entries(job->output_format, job->output, place, 1, &slope);
    }
    write_entries(job->value_format, job->value, w->b.row, w->b.rows, losses);
}

static int NAME(sparse_crossentropy)(const job *job, double *room)
{
    NAME(work) w;
    for (NAME(start)(&w, job, room, 0); NAME(next)(&w.b);) {
        NAME(know)(&w, NOT_A_NUMBER, 1);
        NAME(at_labels)(&w, 0);
    }
    return 0;
}

static int NAME(sparse_crossentropy_value_and_grad)(const job *job, double *room)
{
    NAME(work) w;
    for (NAME(start)(&w, job, room, 0); NAME(next)(&w.b);) {
        NAME(write_shares)(&w, 1);
        NAME(at_labels)(&w, 1);
    }
    return 0;
}

/* Labels as rows ----------------------------------------------------------------------------------------------------------- */

INLINE number NAME(weighted)(number e, double z, double t, NAME(known_row) row) /* a label, in range */
{
    (void)e, (void)z;
    return exact(t * row.factor);
}

/* t (log(sum) - (z - maximum)): products of numbers that are not negative. The distance of huge logits may overflow where its
   share does not. A sum that has no limit makes everything nan. */
INLINE number NAME(cost)(number e, double z, double t, NAME(known_row) row)
{
    number d = NAME(distance)(e, z, t, row);
    double none = 0 * rounded(row.log);
    number label = exact(t * row.factor + none), near = times(plus(row.log, scale(d, -1)), label);
    number far = scale(times(sum(-0.25 * z, 0.25 * row.maximum), label), 4);
    number found = rounded(d) == -INFINITE ? far : near;
    return t == 0 ? exact(none) : found;
}

/* T s - t = (T e - t sum) / sum, with the sum as ones + rest: at a label that is all of T nothing but the rest is left. */
INLINE number NAME(soft_slope)(number e, double z, double t, NAME(known_row) row)
{
    (void)z;
    double label = -t * row.factor;
    number led = plus(times(e, row.mass), product(label, row.ones)), missed = times(row.rest, exact(label));
    return scale(times(plus(led, missed), row.inverse), 1 / row.factor);
}

/* The same where T is large: T s may be in range where exp(z - maximum) is not. */
INLINE number NAME(heavy_slope)(number e, double z, double t, NAME(known_row) row)
{
    pair d = two_sum(z, -row.maximum);
    number found = NAME(soft_slope)(e, z, t, row);
    int faint = d.h < -700 && d.h > -1400;
    scaled tiny = exp_scaled(faint ? d.h : 0, faint ? d.l : 0);
    power p = power_of_two(tiny.k);
    double share = rounded(times(times(number_of(tiny.m), row.mass), row.inverse)) * p.first / row.factor * p.second;
    return faint ? sum(share, -t) : found;
}

OUTLINE void NAME(sum_labels)(NAME(work) * w, NAME(sums) * mass)
{
    NAME(clear)(mass);
    for (size_t s = 0; s < w->b.strips; s++) {
        w->t = NAME(fetch)(&w->b, 0, s);
        NAME(for_entries)(&w->b, &w->known, w->t, w->t, w->t, w->t, w->result_h, w->result_l, NAME(weighted));
        NAME(add)(&w->b, w->result_h, w->result_l, mass);
    }
}

/* T = sum t of each row; where it, or a product with it, would leave the range, labels are multiplied by a power of two.
   Returns whether a T is more than that of shares. */
OUTLINE int NAME(know_labels)(NAME(work) * w)
{
    NAME(sums) mass;
    NAME(known) *known = &w->known;
    int again = 0, heavy = 0;
    for (size_t r = 0; r < MOST_ROWS; r++)
        known->factor[r] = 1;
    NAME(sum_labels)(w, &mass);
    for (size_t r = 0; r < w->b.rows; r++) {
        double total = NAME(total)(&mass, r).h;
        known->factor[r] = total > 0x1p900 ? 0x1p-600 : total < 0x1p-400 && total > 0 ? 0x1p500 : 1;
        again |= known->factor[r] != 1;
        heavy |= total > 2;
    }
    if (again)
        NAME(sum_labels)(w, &mass);
    for (size_t r = 0; r < w->b.rows; r++)
        put(known->mass_h, known->mass_l, r, number_of(NAME(total)(&mass, r)));
    for (size_t r = w->b.rows; r < MOST_ROWS; r++)
        known->mass_h[r] = known->mass_l[r] = 0;
    return heavy;
}

OUTLINE int NAME(are_labels)(NAME(work) * w, int gradient)
{
    const job *job = w->b.job;
    NAME(sums) total;
    double losses[MOST_ROWS];
    for (NAME(clear)(&total); NAME(next)(&w->b); NAME(clear)(&total)) {
        if (wrong_pmfs(job, 0, w->b.row, w->b.rows))
            return 1;
        NAME(know)(w, NOT_A_NUMBER, 1);
        int heavy = NAME(know_labels)(w) && sizeof(number) > sizeof(double);
        for (size_t s = 0; s < w->b.strips; s++) {
            w->t = NAME(fetch)(&w->b, 0, s);
            if (gradient)
                NAME(recall)(w, s);
            else
                w->z = w->b.strips > 1 ? NAME(fetch)(&w->b, 1, s) : w->z;
            NAME(for_entries)(&w->b, &w->known, w->h, w->l, w->z, w->t, w->result_h, w->result_l, NAME(cost));
            NAME(add)(&w->b, w->result_h, w->result_l, &total);
            if (gradient && heavy)
                NAME(write)(w, NAME(heavy_slope));
            else if (gradient)
                NAME(write)(w, NAME(soft_slope));
        }
        for (size_t r = 0; r < w->b.rows; r++)
            losses[r] = rounded_pair(NAME(total)(&total, r)) / w->known.factor[r];
        write_entries(job->value_format, job->value, w->b.row, w->b.rows, losses);
    }
    return 0;
}

static int NAME(crossentropy_of_logits)(const job *job, double *room)
{
    NAME(work) w;
    NAME(start)(&w, job, room, 1);
    return NAME(are_labels)(&w, 0);
}

static int NAME(crossentropy_of_logits_value_and_grad)(const job *job, double *room)
{
    NAME(work) w;
    NAME(start)(&w, job, room, 1);
    return NAME(are_labels)(&w, 1);
}
