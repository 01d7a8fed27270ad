/* Kernels of functions of rows that sum one term an entry. */
#include "check.h"
#include "number.h"

INLINE double tail_in_pairs(double w) { return log_tail(w, LOG_TAIL, 1); }
INLINE double tail_in_doubles(double w) { return log_tail(w, LOG_SHORT_TAIL, 0); }

#define number pair
#define NAME(f) f##_in_pairs
#include "block.h"
#include "of_probabilities.h"
#undef number
#undef NAME

#define number double
#define NAME(f) f##_in_doubles
#include "block.h"
#include "of_probabilities.h"
#undef number
#undef NAME

#define BOTH(function) function##_in_pairs, function##_in_doubles

const row_function FOR_ISA(of_probabilities)[] = {
    {"entropy", 1, 0, 0, 1, 1, 2, BOTH(entropy)},
    {"perplexity", 1, 0, 0, 1, 1, 0, BOTH(perplexity)},
    {"crossentropy", 2, 0, 0, 1, 2, 2, BOTH(crossentropy)},
    {"crossentropy_value_and_grad", 2, 0, 1, 1, 2, 2, BOTH(crossentropy_value_and_grad)},
    {"sparse_crossentropy", 1, 1, 0, 1, 1, 0, BOTH(sparse_crossentropy)},
    {"sparse_crossentropy_value_and_grad", 1, 1, 1, 1, 1, 0, BOTH(sparse_crossentropy_value_and_grad)},
    {"kl_divergence", 2, 0, 0, 1, 2, 2, BOTH(kl_divergence)},
    {"js_divergence", 2, 0, 0, 1, 2, 2, BOTH(js_divergence)},
    {"mean_squared_error", 2, 0, 0, 1, 0, 0, BOTH(mean_squared_error)},
    {"mean_squared_error_value_and_grad", 2, 0, 1, 1, 0, 0, BOTH(mean_squared_error_value_and_grad)},
    {"mean_absolute_error", 2, 0, 0, 1, 0, 0, BOTH(mean_absolute_error)},
    {"mean_absolute_error_value_and_grad", 2, 0, 1, 1, 0, 0, BOTH(mean_absolute_error_value_and_grad)},
    {NULL, 0, 0, 0, 0, 0, 0, NULL, NULL},
};
