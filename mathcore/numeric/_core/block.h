/* Rows block by block, for one kind of number; included by of_logits.c and of_probabilities.c. */

/* Some rows, or a strip of a long one; of short rows everything lies across (tile.h). */
typedef struct {
    const job *job;
    size_t row, rows, length, strips, strip, n; /* n entries of each row in this strip */
    size_t entries;                             /* of all rows in this strip, with those that fill up the lanes */
    int across;
    double room[2][TILE];
} NAME(block);

/* A sum a row as ones + rest: so many terms are exactly 1. */
typedef struct {
    double ones[MOST_ROWS], h[MOST_ROWS], l[MOST_ROWS];
} NAME(sums);

INLINE NAME(block) * NAME(begin)(NAME(block) * b, const job *job)
{
    b->job = job;
    b->row = b->rows = 0;
    b->length = job->length;
    b->strips = (job->length + TILE - 1) / TILE;
    return b;
}

INLINE int NAME(next)(NAME(block) * b) /* the rows that come next, if any are left */
{
    b->row += b->rows;
    size_t left = b->job->rows - b->row, most = b->length <= SHORT ? MOST_ROWS : b->strips > 1 ? 1 : TILE / b->length;
    b->across = b->length <= SHORT && left >= 8;
    most = b->across ? LANES : most;
    b->rows = left < most ? left : most;
    return left != 0;
}

INLINE size_t NAME(first)(const NAME(block) * b) { return b->row * b->length + b->strip * TILE; }

/* The entries of a strip of an argument, where they lie or in the block's room for it. */
OUTLINE const double *NAME(fetch)(NAME(block) * b, int argument, size_t strip)
{
    format from = b->job->input_format[argument];
    const void *entries = b->job->input[argument];
    double *room = b->room[argument];
    b->strip = strip;
    b->n = b->length - strip * TILE < TILE ? b->length - strip * TILE : TILE;
    b->entries = b->n * (b->across ? LANES : b->rows);
    if (!b->across)
        return entries_of(from, entries, NAME(first)(b), b->entries, room);
    double along[LANES * SHORT];
    lay_across(entries_of(from, entries, NAME(first)(b), b->rows * b->n, along), b->rows, b->n, room);
    return room;
}

/* Where to build results: in the output itself where they can stay, or in `room`, from which `store` takes them. */
INLINE double *NAME(target)(const NAME(block) * b, double *room)
{
    return b->job->output_format == DOUBLE && !b->across ? (double *)b->job->output + NAME(first)(b) : room;
}

OUTLINE void NAME(store)(const NAME(block) * b, const double *results)
{
    double along[LANES * SHORT];
    if (b->across)
        lay_along(results, b->rows, b->n, along);
    else if (b->job->output_format == DOUBLE)
        return;
    write_entries(b->job->output_format, b->job->output, NAME(first)(b), b->rows * b->n, b->across ? along : results);
}

INLINE void NAME(clear)(NAME(sums) * s)
{
    for (size_t r = 0; r < MOST_ROWS; r++)
        s->ones[r] = s->h[r] = s->l[r] = 0;
}

/* Adds the numbers in h and l to the sums of their rows. */
OUTLINE void NAME(add)(const NAME(block) *restrict b, const double *restrict h, const double *restrict l, NAME(sums) *restrict s)
{
    if (b->across) {
        for (size_t k = 0; k < b->n; k++)
            for (size_t r = 0; r < LANES; r++) {
                number x = get(h, l, k * LANES + r);
                int one = is_one(x);
                s->ones[r] += one ? 1 : 0;
                put(s->h, s->l, r, accumulated(get(s->h, s->l, r), one ? exact(0) : x));
            }
        return;
    }
    for (size_t r = 0; r < b->rows; r++) {
        counted found = total_of(h + r * b->n, l + r * b->n, b->n);
        s->ones[r] += found.ones;
        put(s->h, s->l, r, accumulated(get(s->h, s->l, r), number_of(found.rest)));
    }
}

INLINE pair NAME(total)(const NAME(sums) * s, size_t r)
{
    pair total = two_sum(s->ones[r], s->h[r]);
    total.l += s->l[r];
    return total;
}
