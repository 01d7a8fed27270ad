/* The extension module: arrays in, arrays out. What it does not take gets NotImplemented, and Python goes another way. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030b0000
#define NPY_NO_DEPRECATED_API NPY_1_25_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <pthread.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

enum { ARRAYS = MOST_INPUTS + MOST_OUTPUTS, MOST_THREADS = 64 };
enum { ALONE = 4096 };   /* entries up to which nobody else needs the interpreter meanwhile */
enum { SHARED = 65536 }; /* entries from which a further thread is worth its start */
enum { SQUARE = 8 };     /* entries that are copied together where they lie apart, from as many rows: a line of the cache */
enum { BLOCK = 32768, LARGEST_BLOCK = 16 * BLOCK, MOST_TOGETHER = 256 }; /* entries and rows of what is copied at once */

#define ARRAY(object) ((PyArrayObject *)(object))
#define NOT_MINE Py_NewRef(Py_NotImplemented)

/* Which kernels run: the best that were compiled for this machine, or none. ------------------------------------------- */

extern const instruction_set kernels_baseline;
#ifdef __x86_64__
extern const instruction_set kernels_v3, kernels_v4;
#endif

static const instruction_set *sets[4], *chosen;

static void find_sets(void)
{
    int n = 0;
#ifdef __x86_64__
    __builtin_cpu_init();
    int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    int v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (v4)
        sets[n++] = &kernels_v4;
    if (v3)
        sets[n++] = &kernels_v3;
#endif
    sets[n++] = &kernels_baseline;
    chosen = sets[0];
}

/* Arrays ------------------------------------------------------------------------------------------------------------- */

/* Some arrays of one shape, seen with their axes in another order; axes that need no step of their own are joined. */
typedef struct {
    int arrays, axes;
    size_t shape[NPY_MAXDIMS];
    ptrdiff_t stride[ARRAYS][NPY_MAXDIMS];
    char *data[ARRAYS];
    format format[ARRAYS];
    int direct; /* whether all lie as the kernels want them */
} layout;

static int is_mine(PyObject *object)
{
    if (!PyArray_CheckExact(object))
        return 0;
    int type = PyArray_TYPE(ARRAY(object));
    return (type == NPY_DOUBLE || type == NPY_FLOAT || type == NPY_HALF) && PyArray_ISNOTSWAPPED(ARRAY(object));
}

static format format_of(PyObject *array)
{
    int type = PyArray_TYPE(ARRAY(array));
    return type == NPY_DOUBLE ? DOUBLE : type == NPY_FLOAT ? SINGLE : HALF;
}

static size_t size_in(format f) { return f == DOUBLE ? 8 : f == SINGLE ? 4 : 2; }

static PyObject *empty(int axes, const npy_intp *shape, format f)
{
    return PyArray_SimpleNew(axes, (npy_intp *)shape, f == DOUBLE ? NPY_DOUBLE : f == SINGLE ? NPY_FLOAT : NPY_HALF);
}

static int same_shape(PyObject *const *arrays, int n)
{
    for (int k = 1; k < n; k++)
        if (PyArray_NDIM(ARRAY(arrays[k])) != PyArray_NDIM(ARRAY(arrays[0])) ||
            !PyArray_CompareLists(PyArray_DIMS(ARRAY(arrays[k])), PyArray_DIMS(ARRAY(arrays[0])), PyArray_NDIM(ARRAY(arrays[0]))))
            return 0;
    return 1;
}

static void lay_out(layout *found, PyObject *const *arrays, int n, const int *order, int axes)
{
    found->arrays = n;
    found->axes = 0;
    found->direct = 1;
    for (int k = 0; k < n; k++) {
        found->data[k] = PyArray_BYTES(ARRAY(arrays[k]));
        found->format[k] = format_of(arrays[k]);
        found->direct &= PyArray_IS_C_CONTIGUOUS(ARRAY(arrays[k])) && PyArray_ISALIGNED(ARRAY(arrays[k]));
    }
    for (int a = 0; a < axes; a++)
        found->direct &= order[a] == a;
    if (found->direct)
        return;
    for (int a = 0; a < axes; a++) {
        size_t size = (size_t)PyArray_DIM(ARRAY(arrays[0]), order[a]);
        if (size == 1)
            continue;
        int last = found->axes - 1, joined = last >= 0;
        for (int k = 0; k < n && joined; k++)
            joined = found->stride[k][last] == (ptrdiff_t)size * PyArray_STRIDE(ARRAY(arrays[k]), order[a]);
        int to = joined ? last : found->axes++;
        found->shape[to] = joined ? found->shape[to] * size : size;
        for (int k = 0; k < n; k++)
            found->stride[k][to] = PyArray_STRIDE(ARRAY(arrays[k]), order[a]);
    }
}

static inline void copy_one(char *to, const char *from, size_t size) /* of sizes that the compiler knows */
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 4)
        memcpy(to, from, 4);
    else
        memcpy(to, from, 2);
}

/* Copies entries between array k, from entry `first` on in the order of its axes, and `block`, which lies side by side. */
static void copy_entries(const layout *from, int k, size_t first, size_t n, char *block, int back)
{
    size_t place[NPY_MAXDIMS], size = size_in(from->format[k]);
    char *at = from->data[k];
    for (int a = from->axes - 1; a >= 0; a--) {
        place[a] = first % from->shape[a];
        first /= from->shape[a];
        at += (ptrdiff_t)place[a] * from->stride[k][a];
    }
    int inner = from->axes - 1;
    for (size_t done = 0; done < n;) {
        size_t run = from->axes ? from->shape[inner] - place[inner] : 1;
        ptrdiff_t step = from->axes ? from->stride[k][inner] : 0;
        run = run < n - done ? run : n - done;
        for (size_t i = 0; i < run; i++, at += step, block += size)
            copy_one(back ? at : block, back ? block : at, size);
        done += run;
        if (from->axes)
            place[inner] += run;
        for (int a = inner; a > 0 && place[a] == from->shape[a]; a--) {
            at += from->stride[k][a - 1] - (ptrdiff_t)place[a] * from->stride[k][a];
            place[a] = 0;
            place[a - 1]++;
        }
    }
}

/* The same for whole rows that lie side by side in memory, a small square at a time: a line of the cache is used as a whole. */
static inline __attribute__((always_inline)) void copy_columns_of(size_t size, const layout *from, int k, size_t row, size_t rows,
                                                                  char *block, int back)
{
    ptrdiff_t along = from->stride[k][1], across = from->stride[k][0];
    size_t length = from->shape[1];
    char *data = from->data[k] + (ptrdiff_t)row * across;
    for (size_t first = 0; first < length; first += SQUARE)
        for (size_t top = 0; top < rows; top += SQUARE) {
            size_t last = first + SQUARE < length ? first + SQUARE : length, end = top + SQUARE < rows ? top + SQUARE : rows;
            for (size_t i = first; i < last; i++) {
                char *line = data + (ptrdiff_t)i * along;
                if (i + 2 * SQUARE < length) /* memory is told what comes next: each line lies on a page of its own */
                    __builtin_prefetch(line + 2 * SQUARE * along + (ptrdiff_t)top * across);
                for (size_t r = top; r < end; r++) {
                    char *here = line + (ptrdiff_t)r * across, *there = block + (r * length + i) * size;
                    memcpy(back ? here : there, back ? there : here, size);
                }
            }
        }
}

static void copy_columns(const layout *from, int k, size_t row, size_t rows, char *block, int back)
{
    size_t size = size_in(from->format[k]);
    if (size == 8)
        copy_columns_of(8, from, k, row, rows, block, back);
    else if (size == 4)
        copy_columns_of(4, from, k, row, rows, block, back);
    else
        copy_columns_of(2, from, k, row, rows, block, back);
}

/* Work in threads ------------------------------------------------------------------------------------------------------ */

static PyObject *threads_variable; /* a ContextVar: how many threads the caller allows */

static size_t allowed_threads(size_t entries)
{
    if (entries < 2 * SHARED || !threads_variable)
        return 1;
    PyObject *value = PyObject_CallMethod(threads_variable, "get", NULL);
    long n = value ? PyLong_AsLong(value) : 1;
    Py_XDECREF(value);
    PyErr_Clear();
    size_t most = entries / SHARED < MOST_THREADS ? entries / SHARED : MOST_THREADS;
    return n < 1 ? 1 : (size_t)n < most ? (size_t)n : most;
}

typedef int worker(const void *call, size_t first, size_t last);

typedef struct {
    worker *work;
    const void *call;
    size_t first, last;
    int result;
    pthread_t thread;
} part;

static void *work_on(void *argument)
{
    part *p = argument;
    p->result = p->work(p->call, p->first, p->last);
    return NULL;
}

/* `work` on the items 0 to n - 1, in so many threads; the largest of what the parts return. */
static int share(worker *work, const void *call, size_t n, size_t threads)
{
    part parts[MOST_THREADS];
    threads = threads < n ? threads : n;
    size_t started = 0;
    for (size_t k = 0; k < threads; k++)
        parts[k] = (part){work, call, n * k / threads, n * (k + 1) / threads, 0, 0};
    while (started + 1 < threads && !pthread_create(&parts[started + 1].thread, NULL, work_on, &parts[started + 1]))
        started++;
    work_on(&parts[0]);
    for (size_t k = started + 1; k < threads; k++) /* what could not be started */
        work_on(&parts[k]);
    int result = parts[0].result;
    for (size_t k = 1; k < threads; k++) {
        if (k <= started)
            pthread_join(parts[k].thread, NULL);
        result = parts[k].result > result ? parts[k].result : result;
    }
    return result;
}

static int run(worker *work, const void *call, size_t items, size_t entries)
{
    size_t threads = allowed_threads(entries);
    if (entries <= ALONE)
        return share(work, call, items, 1);
    int result;
    Py_BEGIN_ALLOW_THREADS;
    result = share(work, call, items, threads);
    Py_END_ALLOW_THREADS;
    return result;
}

static int read_options(PyObject *const *arguments, int n, double *option)
{
    for (int k = 0; k < n; k++)
        option[k] = PyFloat_AsDouble(arguments[k]);
    if (!PyErr_Occurred())
        return 1;
    PyErr_Clear();
    return 0;
}

/* Functions of one entry at a time --------------------------------------------------------------------------------------- */

typedef struct {
    const instruction_set *set;
    const entry_function *function;
    entry_kernel *kernel;
    layout arrays; /* inputs, then outputs */
    size_t entries;
    double option[MOST_OPTIONS];
} entry_call;

enum { UNREADABLE = 1, OUT_OF_MEMORY = 2 };

static int run_entries(const void *argument, size_t first_tile, size_t last_tile)
{
    const entry_call *call = argument;
    const layout *arrays = &call->arrays;
    int inputs = call->function->inputs, outputs = call->function->outputs, wrong = 0;
    double room[ARRAYS][TILE], copied[TILE];
    for (size_t tile = first_tile; tile < last_tile; tile++) {
        size_t first = tile * TILE, n = call->entries - first < TILE ? call->entries - first : TILE;
        const double *in[MOST_INPUTS];
        double *out[MOST_OUTPUTS];
        for (int k = 0; k < inputs; k++) {
            format f = arrays->format[k];
            if (!arrays->direct)
                copy_entries(arrays, k, first, n, f == DOUBLE ? (char *)room[k] : (char *)copied, 0);
            if (f != DOUBLE)
                call->set->read(f, arrays->direct ? arrays->data[k] : (char *)copied, arrays->direct ? first : 0, n, room[k]);
            in[k] = f == DOUBLE && arrays->direct ? (double *)arrays->data[k] + first : room[k];
        }
        for (int k = 0; k < outputs; k++) {
            int in_place = arrays->direct && arrays->format[inputs + k] == DOUBLE;
            out[k] = in_place ? (double *)arrays->data[inputs + k] + first : room[inputs + k];
        }
        wrong |= call->kernel(in, out, n, call->option);
        for (int k = 0; k < outputs; k++) {
            format f = arrays->format[inputs + k];
            if (out[k] != room[inputs + k])
                continue;
            if (arrays->direct) {
                call->set->write(f, arrays->data[inputs + k], first, n, out[k]);
                continue;
            }
            call->set->write(f, copied, 0, n, out[k]);
            copy_entries(arrays, inputs + k, first, n, (char *)copied, 1);
        }
    }
    return wrong ? UNREADABLE : 0;
}

static PyObject *results_of(PyObject **results, int n) /* one of them, or a tuple; scalars instead of arrays without axes */
{
    if (n == 1)
        return PyArray_Return(ARRAY(results[0]));
    PyObject *tuple = PyTuple_New(n);
    for (int k = 0; k < n; k++)
        if (tuple)
            PyTuple_SetItem(tuple, k, PyArray_Return(ARRAY(results[k])));
        else
            Py_DECREF(results[k]);
    return tuple;
}

static PyObject *call_entries(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    const long index = PyLong_AsLong(self);
    if (!chosen)
        return NOT_MINE;
    const entry_function *f = &chosen->entries[index];
    if (count != f->inputs + f->options)
        return NOT_MINE;
    format widest = HALF;
    for (int k = 0; k < f->inputs; k++) {
        if (!is_mine(arguments[k]))
            return NOT_MINE;
        widest = format_of(arguments[k]) > widest ? format_of(arguments[k]) : widest;
    }
    entry_call call;
    size_t entries = (size_t)PyArray_SIZE(ARRAY(arguments[0]));
    if (!same_shape(arguments, f->inputs) || !entries || !read_options(arguments + f->inputs, f->options, call.option))
        return NOT_MINE;
    int axes = PyArray_NDIM(ARRAY(arguments[0])), order[NPY_MAXDIMS];
    PyObject *all[ARRAYS] = {NULL};
    call.kernel = f->in_doubles;
    for (int k = 0; k < f->inputs; k++)
        all[k] = arguments[k];
    for (int k = 0; k < f->outputs; k++) {
        format as = f->from[k] < 0 ? widest : format_of(arguments[f->from[k]]);
        call.kernel = as == DOUBLE ? f->in_pairs : call.kernel;
        all[f->inputs + k] = empty(axes, PyArray_DIMS(ARRAY(arguments[0])), as);
        if (!all[f->inputs + k]) {
            for (int j = 0; j < k; j++)
                Py_DECREF(all[f->inputs + j]);
            return NULL;
        }
    }
    for (int a = 0; a < axes; a++)
        order[a] = a;
    lay_out(&call.arrays, all, f->inputs + f->outputs, order, axes);
    call.set = chosen;
    call.function = f;
    call.entries = entries;
    int wrong = run(run_entries, &call, (entries + TILE - 1) / TILE, entries * (size_t)(f->inputs + f->outputs) / 2);
    if (!wrong)
        return results_of(all + f->inputs, f->outputs);
    for (int k = 0; k < f->outputs; k++)
        Py_DECREF(all[f->inputs + k]);
    return NOT_MINE;
}

/* Functions of rows -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const row_function *function;
    row_kernel *kernel;
    layout arrays; /* inputs, then the output if there is one */
    job job;
} row_call;

static job part_of(const row_call *call, size_t first, size_t last) /* the job of some rows */
{
    job part = call->job;
    part.rows = last - first;
    for (int k = 0; k < call->function->inputs; k++)
        part.input[k] = (const char *)part.input[k] + first * part.length * size_in(part.input_format[k]);
    if (part.output)
        part.output = (char *)part.output + first * part.length * size_in(part.output_format);
    if (part.value)
        part.value = (char *)part.value + first * size_in(part.value_format);
    if (part.label)
        part.label += first;
    return part;
}

static int run_rows(const void *argument, size_t first, size_t last)
{
    const row_call *call = argument;
    const layout *arrays = &call->arrays;
    size_t length = call->job.length, few = LARGEST_BLOCK / length, band = BLOCK / length;
    band = band < SQUARE ? (few < SQUARE ? few : SQUARE) : band < MOST_TOGETHER ? band : MOST_TOGETHER;
    band = band ? band : 1;
    int inputs = call->function->inputs, wrong = 0;
    size_t bytes = (length > TILE && length <= KEPT ? 2 * KEPT * sizeof(double) : 0);
    size_t of_band = arrays->direct ? 0 : band * length * sizeof(double);
    char *room = bytes + of_band ? malloc(bytes + (size_t)arrays->arrays * of_band) : NULL;
    if (bytes + of_band && !room)
        return OUT_OF_MEMORY;
    if (arrays->direct) {
        job part = part_of(call, first, last);
        wrong = call->kernel(&part, (double *)room);
    }
    for (size_t row = first; row < last && !arrays->direct && !wrong; row += band) {
        size_t rows = last - row < band ? last - row : band;
        job part = part_of(call, row, row + rows);
        for (int k = 0; k < arrays->arrays; k++) {
            char *block = room + bytes + (size_t)k * of_band;
            int side_by_side =
                arrays->axes == 2 && arrays->shape[1] == length && labs(arrays->stride[k][0]) < labs(arrays->stride[k][1]);
            if (k < inputs) {
                part.input[k] = block;
                if (side_by_side)
                    copy_columns(arrays, k, row, rows, block, 0);
                else
                    copy_entries(arrays, k, row * length, rows * length, block, 0);
            } else {
                part.output = block;
            }
        }
        wrong = call->kernel(&part, (double *)room);
        if (part.output) {
            int side_by_side = arrays->axes == 2 && arrays->shape[1] == length &&
                               labs(arrays->stride[inputs][0]) < labs(arrays->stride[inputs][1]);
            if (side_by_side)
                copy_columns(arrays, inputs, row, rows, part.output, 1);
            else
                copy_entries(arrays, inputs, row * length, rows * length, part.output, 1);
        }
    }
    free(room);
    return wrong;
}

/* The axes of `array` that are kept and then those that `axis` names, each in their order; how many are kept, or -1. */
static int order_axes(PyObject *axis, int axes, int *order)
{
    char reduced[NPY_MAXDIMS] = {0};
    Py_ssize_t named = axis == Py_None ? 0 : PyTuple_Check(axis) ? PyTuple_Size(axis) : 1;
    for (Py_ssize_t k = 0; k < named; k++) {
        PyObject *one = PyTuple_Check(axis) ? PyTuple_GetItem(axis, k) : axis;
        if (!PyLong_CheckExact(one))
            return -1;
        int overflow;
        long a = PyLong_AsLongAndOverflow(one, &overflow);
        a = a < 0 ? a + axes : a;
        if (overflow || a < 0 || a >= axes || reduced[a])
            return -1;
        reduced[a] = 1;
    }
    int n = 0, kept;
    for (int a = 0; a < axes; a++)
        if (!reduced[a] && axis != Py_None)
            order[n++] = a;
    kept = n;
    for (int a = 0; a < axes; a++)
        if (reduced[a] || axis == Py_None)
            order[n++] = a;
    return kept;
}

static int read_labels(PyObject *labels, const npy_intp *batch, int axes, job *job, int64_t *single)
{
    if (axes == 0 && (PyLong_CheckExact(labels) || PyArray_IsScalar(labels, Integer))) {
        int overflow;
        PyObject *index = PyNumber_Index(labels);
        *single = index ? PyLong_AsLongLongAndOverflow(index, &overflow) : -1;
        Py_XDECREF(index);
        PyErr_Clear();
        job->label = single;
        return *single >= 0 && (uint64_t)*single < job->length;
    }
    if (!PyArray_CheckExact(labels) || PyArray_TYPE(ARRAY(labels)) != NPY_INT64 || !PyArray_ISCARRAY_RO(ARRAY(labels)) ||
        PyArray_NDIM(ARRAY(labels)) != axes || !PyArray_CompareLists(PyArray_DIMS(ARRAY(labels)), batch, axes))
        return 0;
    job->label = (const int64_t *)PyArray_DATA(ARRAY(labels));
    uint64_t most = 0;
    for (size_t r = 0; r < job->rows; r++)
        most = (uint64_t)job->label[r] > most ? (uint64_t)job->label[r] : most;
    return most < job->length;
}

/* By how much the sum of a pmf may differ from 1; a little less than for Python, which looks again. */
static double tolerance_in(format f, size_t length)
{
    double unit = f == DOUBLE ? 0x1p-53 : f == SINGLE ? 0x1p-24 : 0x1p-11, most = 4 * (4 + sqrt((double)length)) * unit;
    return (most < 0x1p-6 ? most : 0x1p-6) * (1 - 0x1p-10);
}

/* function(labels, inputs..., axis, which inputs are checked, options...) */
static PyObject *call_rows(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    const long index = PyLong_AsLong(self);
    if (!chosen)
        return NOT_MINE;
    const row_function *f = index < 1000 ? &chosen->of_logits[index] : &chosen->of_probabilities[index - 1000];
    if (count != f->inputs + f->labels + 1 + (f->checked > 0) + f->options)
        return NOT_MINE;
    format widest = HALF;
    for (int k = 0; k < f->inputs; k++) {
        PyObject *input = arguments[k + f->labels];
        if (!is_mine(input))
            return NOT_MINE;
        widest = format_of(input) > widest ? format_of(input) : widest;
    }
    PyObject *const *inputs = arguments + f->labels, *axis = inputs[f->inputs];
    int axes = PyArray_NDIM(ARRAY(inputs[0])), order[NPY_MAXDIMS], kept = order_axes(axis, axes, order);
    size_t entries = (size_t)PyArray_SIZE(ARRAY(inputs[0]));
    double option[MOST_OPTIONS];
    PyObject *const *rest = inputs + f->inputs + 1;
    if (kept < 0 || !entries || !same_shape(inputs, f->inputs) || !read_options(rest + (f->checked > 0), f->options, option))
        return NOT_MINE;
    long checked = f->checked ? PyLong_AsLong(rest[0]) : 0; /* bit k: whether input k has to be a pmf */
    if (PyErr_Occurred()) {
        PyErr_Clear();
        return NOT_MINE;
    }
    row_call call;
    job *job = &call.job;
    call.function = f;
    call.kernel = widest == DOUBLE ? f->in_pairs : f->in_doubles;
    job->label = NULL;
    job->output = job->value = NULL;
    npy_intp batch[NPY_MAXDIMS];
    job->rows = 1;
    for (int a = 0; a < kept; a++) {
        batch[a] = PyArray_DIM(ARRAY(inputs[0]), order[a]);
        job->rows *= (size_t)batch[a];
    }
    job->length = entries / job->rows;
    job->option = option;
    int64_t single;
    if (f->labels && !read_labels(arguments[0], batch, kept, job, &single))
        return NOT_MINE;
    PyObject *results[2] = {NULL, NULL}, *all[3] = {NULL};
    int n = 0;
    for (int k = 0; k < f->inputs; k++) {
        all[k] = inputs[k];
        job->input[k] = PyArray_DATA(ARRAY(inputs[k]));
        job->input_format[k] = format_of(inputs[k]);
        job->tolerance[k] = checked >> k & 1 ? tolerance_in(format_of(inputs[k]), job->length) : -1;
    }
    if (f->value) {
        if (!(results[n++] = empty(kept, batch, widest)))
            return NULL;
        job->value = PyArray_DATA(ARRAY(results[0]));
        job->value_format = widest;
    }
    if (f->output) {
        if (!(all[f->inputs] = results[n++] = empty(axes, PyArray_DIMS(ARRAY(inputs[0])), widest))) {
            Py_XDECREF(results[0]);
            return NULL;
        }
        job->output = PyArray_DATA(ARRAY(all[f->inputs]));
        job->output_format = widest;
    }
    lay_out(&call.arrays, all, f->inputs + f->output, order, axes);
    int wrong = run(run_rows, &call, job->rows, entries);
    if (!wrong)
        return results_of(results, n);
    for (int k = 0; k < n; k++)
        Py_DECREF(results[k]);
    return wrong == OUT_OF_MEMORY ? PyErr_NoMemory() : NOT_MINE;
}

/* The module ---------------------------------------------------------------------------------------------------------------- */

static PyObject *use(PyObject *module, PyObject *name) /* let these kernels run, or none; what ran before */
{
    (void)module;
    PyObject *before = chosen ? PyUnicode_FromString(chosen->name) : Py_NewRef(Py_None);
    const instruction_set *next = NULL;
    for (int k = 0; k < 4 && sets[k]; k++)
        if (name != Py_None && PyUnicode_Check(name) && !PyUnicode_CompareWithASCIIString(name, sets[k]->name))
            next = sets[k];
    if (next || name == Py_None) {
        chosen = next;
        return before;
    }
    Py_XDECREF(before);
    PyErr_Format(PyExc_ValueError, "there are no kernels %R for this machine", name);
    return NULL;
}

static PyObject *used(PyObject *module, PyObject *nothing)
{
    (void)module, (void)nothing;
    return chosen ? PyUnicode_FromString(chosen->name) : Py_NewRef(Py_None);
}

static PyObject *set_threads_variable(PyObject *module, PyObject *variable)
{
    (void)module;
    Py_XDECREF(threads_variable);
    threads_variable = Py_NewRef(variable);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"used", used, METH_NOARGS, NULL},
    {"use", use, METH_O, NULL},
    {"set_threads_variable", set_threads_variable, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static int add_function(PyObject *module, const char *name, _PyCFunctionFast f, long index)
{
    PyMethodDef *definition = calloc(1, sizeof *definition); /* as long as the module lives */
    PyObject *self = PyLong_FromLong(index);
    if (!definition || !self)
        return -1;
    *definition = (PyMethodDef){name, (PyCFunction)(void (*)(void))f, METH_FASTCALL, NULL};
    PyObject *function = PyCFunction_NewEx(definition, self, NULL);
    Py_DECREF(self);
    int failed = PyModule_AddObjectRef(module, name, function);
    Py_XDECREF(function);
    return failed;
}

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_compiled", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__compiled(void)
{
    import_array();
    find_sets();
    PyObject *module = PyModule_Create(&definition), *names = PyList_New(0);
    if (!module || !names)
        return NULL;
    int failed = PyModule_AddStringConstant(module, "DIGEST", DIGEST);
    for (int k = 0; k < 4 && sets[k]; k++) {
        PyObject *name = PyUnicode_FromString(sets[k]->name);
        failed |= !name || PyList_Append(names, name);
        Py_XDECREF(name);
    }
    failed |= PyModule_AddObjectRef(module, "SETS", names);
    Py_DECREF(names);
    for (long k = 0; chosen->entries[k].name; k++)
        failed |= add_function(module, chosen->entries[k].name, call_entries, k);
    for (long k = 0; chosen->of_logits[k].name; k++)
        failed |= add_function(module, chosen->of_logits[k].name, call_rows, k);
    for (long k = 0; chosen->of_probabilities && chosen->of_probabilities[k].name; k++)
        failed |= add_function(module, chosen->of_probabilities[k].name, call_rows, 1000 + k);
    if (failed) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
