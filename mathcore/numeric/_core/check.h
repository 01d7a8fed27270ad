/* Whether rows are probabilities. */
#ifndef MATHCORE_CHECK_H
#define MATHCORE_CHECK_H

#include "tile.h"

/* Whether an entry of these rows is negative, or a row sums to something else than 1, in plain doubles; nan passes. */
static int wrong_pmfs(const job *job, int argument, size_t row, size_t rows)
{
    if (job->tolerance[argument] < 0)
        return 0;
    double room[TILE];
    uint64_t negative = 0, off = 0;
    size_t length = job->length, together = length < TILE ? TILE / length : 1;
    for (size_t r = 0; r < rows; r += together) {
        size_t some = rows - r < together ? rows - r : together;
        double total[TILE];
        for (size_t start = 0; start < length; start += TILE) {
            size_t n = length - start < TILE ? length - start : TILE;
            const double *p =
                entries_of(job->input_format[argument], job->input[argument], (row + r) * length + start, some * n, room);
            for (size_t i = 0; i < some * n; i++)
                negative |= p[i] < 0;
            for (size_t k = 0; k < some; k++) {
                counted found = sum_of_doubles(p + k * n, n);
                total[k] = (start ? total[k] : 0) + (found.ones + found.rest.h);
            }
        }
        for (size_t k = 0; k < some; k++)
            off |= total[k] - 1 > job->tolerance[argument] || 1 - total[k] > job->tolerance[argument];
    }
    return negative || off;
}

#endif
