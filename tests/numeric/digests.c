/* Digests of what the kernels of one build compute: printed by tests/numeric/test_core.py for every compiler and level. */
#include <stdio.h>
#include <stdlib.h>

#include "../../mathcore/numeric/_core/kernels.h"
#include "../../mathcore/numeric/_core/pair.h"

extern const instruction_set FOR_ISA(kernels);

enum { N = 6144 };
static double wide[4][N], out[3][N], room[2 * KEPT];
static float narrow[2][N], narrow_out[N];
static int64_t label[N];
static uint64_t state = 88172645463325252, count;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static double drawn(int kind) /* random bits, ordinary numbers, probabilities, numbers near 0 */
{
    double unit = (double)(next() >> 11) * 0x1p-53;
    if (kind == 0)
        return from_bits(next());
    return kind == 1 ? 20 * unit - 10 : kind == 2 ? unit : kind == 3 ? 1500 * unit - 750 : unit * 0x1p-1040;
}

static uint64_t added(uint64_t digest, const double *x, size_t n) /* nan is nan: its payload is not promised */
{
    for (size_t i = 0; i < n; i++) {
        digest = (digest ^ (x[i] != x[i] ? 1 : bits_of(x[i]))) * 1099511628211u;
        digest ^= digest >> 29;
    }
    count += n;
    return digest;
}

int main(int arguments, char **argument)
{
    const instruction_set *set = &FOR_ISA(kernels);
    int rounds = arguments > 1 ? atoi(argument[1]) : 4;
    static const size_t lengths[] = {1, 2, 3, 7, 10, 16, 17, 31, 64, 100, 1000, 1024, 1500, 3000, 6000};
    for (const entry_function *f = set->entries; f->name; f++) {
        uint64_t digest = 1;
        for (int round = 0; round < rounds * 5; round++) {
            double option[MOST_OPTIONS] = {0, 1.5, 0.25, 0.1, 0x1p-60, 0.001, 0x1p-62, 0.0010005, 0x1p-64, 1e-8, 1e-25};
            if (f->inputs == 4)
                option[0] = 0.9, option[1] = 0.999, option[2] = 0.1, option[4] = 0.001;
            for (int kind = 0; kind < 2; kind++) {
                for (size_t start = 0; start < N; start += TILE) {
                    const double *in[MOST_INPUTS];
                    double *to[MOST_OUTPUTS];
                    for (int k = 0; k < f->inputs; k++) {
                        for (size_t i = 0; i < TILE; i++) {
                            double x = drawn(k == 3 ? 2 : round % 5);
                            wide[k][i] = kind ? (float)x : x;
                        }
                        in[k] = wide[k];
                    }
                    for (int k = 0; k < f->outputs; k++)
                        to[k] = out[k];
                    (kind ? f->in_doubles : f->in_pairs)(in, to, TILE - (size_t)round % 3, option);
                    for (int k = 0; k < f->outputs; k++)
                        digest = added(digest, out[k], TILE - (size_t)round % 3);
                }
            }
        }
        printf("%s %016llx\n", f->name, (unsigned long long)digest);
    }
    for (int list = 0; list < 2; list++)
        for (const row_function *f = list ? set->of_probabilities : set->of_logits; f->name; f++) {
            uint64_t digest = 1;
            for (int round = 0; round < rounds * 15; round++)
                for (int kind = 0; kind < 2; kind++) {
                    double option[2] = {1.4426950408889634, 2.0355273740931033e-17};
                    job job = {0};
                    job.length = lengths[round % 15];
                    job.rows = N / job.length;
                    size_t n = job.rows * job.length;
                    for (int k = 0; k < f->inputs; k++) {
                        for (size_t i = 0; i < n; i++) {
                            wide[k][i] = drawn(list || (k == 0 && f->inputs == 2) ? (round % 4 ? 2 : 0) : round / 3 % 4);
                            narrow[k][i] = (float)wide[k][i];
                        }
                        job.input[k] = kind ? (void *)narrow[k] : (void *)wide[k];
                        job.input_format[k] = kind ? SINGLE : DOUBLE;
                        job.tolerance[k] = -1;
                    }
                    for (size_t r = 0; r < job.rows; r++)
                        label[r] = (int64_t)(next() % job.length);
                    job.label = label;
                    job.output = kind ? (void *)narrow_out : (void *)out[0];
                    job.output_format = kind ? SINGLE : DOUBLE;
                    job.value = out[1];
                    job.value_format = DOUBLE;
                    job.option = option;
                    (kind ? f->in_doubles : f->in_pairs)(&job, room);
                    for (size_t i = 0; i < n && kind && f->output; i++)
                        out[0][i] = narrow_out[i];
                    digest = f->output ? added(digest, out[0], n) : digest;
                    digest = f->value ? added(digest, out[1], job.rows) : digest;
                }
            printf("%s %016llx\n", f->name, (unsigned long long)digest);
        }
    printf("outputs %llu\n", (unsigned long long)count);
    return 0;
}
