/* All kernels of one instruction set. */
#include "tile.h"

extern const entry_function FOR_ISA(entries)[];
extern const row_function FOR_ISA(of_logits)[], FOR_ISA(of_probabilities)[];

static void read_all(format from, const void *entries, size_t first, size_t n, double *to)
{
    read_entries(from, entries, first, n, to);
}

static void write_all(format to, void *entries, size_t first, size_t n, const double *from)
{
    write_entries(to, entries, first, n, from);
}

#define QUOTED(name) #name
#define TEXT(name) QUOTED(name)

const instruction_set FOR_ISA(kernels) = {TEXT(ISA), FOR_ISA(entries), FOR_ISA(of_logits), FOR_ISA(of_probabilities),
                                          read_all,  write_all};
