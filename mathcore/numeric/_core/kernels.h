/* What the kernels and the module know of one another. */
#ifndef MATHCORE_KERNELS_H
#define MATHCORE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum { MOST_INPUTS = 4, MOST_OUTPUTS = 3, MOST_OPTIONS = 16 };
enum { TILE = 1024 };      /* entries of an array of scratch: 8 kB, so that some of them stay in a core's first cache */
enum { KEPT = 16 * TILE }; /* rows up to here are kept as numbers: 256 kB, so that they stay in a core's second cache */

typedef enum { HALF, SINGLE, DOUBLE } format;

/* Functions of one entry at a time. The arrays hold n <= TILE entries. Not 0: "a value is wrong, ask Python which". */
typedef int entry_kernel(const double *const *in, double *const *out, size_t n, const double *option);

typedef struct {
    const char *name;
    int inputs, outputs, options;
    int from[MOST_OUTPUTS]; /* of which input an output has the format; -1: the widest of all */
    entry_kernel *in_pairs, *in_doubles;
} entry_function;

/* Rows that lie one after the other, entries side by side. */
typedef struct {
    size_t rows, length;
    const void *input[2];
    format input_format[2];
    void *output; /* of the shape of the inputs */
    format output_format;
    void *value; /* one a row */
    format value_format;
    const int64_t *label; /* one a row */
    double tolerance[2];  /* by how much the sum of a row may differ from 1; negative: not checked */
    const double *option;
} job;

/* Not 0 as above. `room` has 2 KEPT doubles if rows are longer than TILE. */
typedef int row_kernel(const job *job, double *room);

typedef struct {
    const char *name;
    int inputs, labels, output, value, checked, options; /* how many, or whether; the first `checked` inputs may be checked */
    row_kernel *in_pairs, *in_doubles;
} row_function;

/* Entries in a format, one after the other, from and to doubles. */
typedef void reader(format from, const void *entries, size_t first, size_t n, double *to);
typedef void writer(format to, void *entries, size_t first, size_t n, const double *from);

/* What was compiled for one instruction set; each list ends with a name that is NULL. */
typedef struct {
    const char *name;
    const entry_function *entries;
    const row_function *of_logits, *of_probabilities;
    reader *read;
    writer *write;
} instruction_set;

#define JOIN(a, b) a##b
#define JOINED(a, b) JOIN(a, b)
#ifndef ISA
#define ISA baseline
#endif
#define FOR_ISA(name) JOINED(name, JOINED(_, ISA)) /* one of each for every instruction set */

#endif
