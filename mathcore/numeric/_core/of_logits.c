/* Kernels of functions of rows of logits. */
#include "check.h"
#include "number.h"

#define number pair
#define NAME(f) f##_in_pairs
#include "block.h"
#include "of_logits.h"
#undef number
#undef NAME

#define number double
#define NAME(f) f##_in_doubles
#include "block.h"
#include "of_logits.h"
#undef number
#undef NAME

#define BOTH(function) function##_in_pairs, function##_in_doubles

const row_function FOR_ISA(of_logits)[] = {
    {"softmax", 1, 0, 1, 0, 0, 0, BOTH(softmax)},
    {"log_softmax", 1, 0, 1, 0, 0, 0, BOTH(log_softmax)},
    {"logsumexp", 1, 0, 0, 1, 0, 0, BOTH(logsumexp)},
    {"sparse_crossentropy_of_logits", 1, 1, 0, 1, 0, 0, BOTH(sparse_crossentropy)},
    {"sparse_crossentropy_of_logits_value_and_grad", 1, 1, 1, 1, 0, 0, BOTH(sparse_crossentropy_value_and_grad)},
    {"crossentropy_of_logits", 2, 0, 0, 1, 1, 0, BOTH(crossentropy_of_logits)},
    {"crossentropy_of_logits_value_and_grad", 2, 0, 1, 1, 1, 0, BOTH(crossentropy_of_logits_value_and_grad)},
    {NULL, 0, 0, 0, 0, 0, 0, NULL, NULL},
};
