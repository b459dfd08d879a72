/* agreement.c - see agreement.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With n_ij things in class i of a and j of b, a_i and b_j in all:
 *     MI  = sum n_ij/n ln(n n_ij / (a_i b_j))
 *     EMI = its mean when labels are dealt at random with these class sizes: n_ij is hypergeometric
 *     AMI = (MI - EMI) / (mean(H(a), H(b)) - EMI)
 */
#include "engine/stats/agreement.h"

#include "engine/base/mem.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

typedef struct pair {
    uint32_t a, b;
} pair;

static int by_labels(const void *left, const void *right)
{
    const pair *const x = left, *const y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static double entropy(const uint32_t *size, size_t count)
{
    double h = 0;
    for (size_t i = 0; i < count; i++)
        if (size[i] > 0) {
            const double p = (double)size[i] / (double)count;
            h -= p * log(p);
        }
    return h;
}

static double information(const pair *pairs, size_t count, const uint32_t *in_a,
                          const uint32_t *in_b)
{
    const double n = (double)count;
    double mi = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && by_labels(&pairs[end], &pairs[i]) == 0)
            end++;
        const double both = (double)(end - i);
        mi += both / n * log(n * both / ((double)in_a[pairs[i].a] * (double)in_b[pairs[i].b]));
        i = end;
    }
    return mi;
}

static double ln_factorial(double n)
{
    return gsl_sf_lnfact((unsigned)n);
}

/* Mean over the hypergeometric n_ij of its term of MI. */
static double expected_term(double n, double a, double b)
{
    const double fixed = ln_factorial(a) + ln_factorial(b) + ln_factorial(n - a) +
                         ln_factorial(n - b) - ln_factorial(n);
    double sum = 0;
    for (double k = fmax(1, a + b - n); k <= fmin(a, b); k++)
        sum += k / n * log(n * k / (a * b)) *
               exp(fixed - ln_factorial(k) - ln_factorial(a - k) - ln_factorial(b - k) -
                   ln_factorial(n - a - b + k));
    return sum;
}

/* Classes of one size share their terms: sizes[s] = how many classes have size s. */
static double expected_information(const uint32_t *sizes_a, const uint32_t *sizes_b, size_t count)
{
    double sum = 0;
    for (size_t a = 1; a <= count; a++)
        for (size_t b = 1; sizes_a[a] > 0 && b <= count; b++)
            if (sizes_b[b] > 0)
                sum += (double)sizes_a[a] * (double)sizes_b[b] *
                       expected_term((double)count, (double)a, (double)b);
    return sum;
}

spil_status spil_adjusted_information(double *out, const uint32_t *a, const uint32_t *b,
                                      size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    pair *pairs = NULL;
    uint32_t *in_a = NULL, *in_b = NULL, *sizes_a = NULL, *sizes_b = NULL;
    TRY(NEW_ARRAY(pairs, count, err));
    TRY(NEW_ARRAY(in_a, count, err));
    TRY(NEW_ARRAY(in_b, count, err));
    TRY(NEW_ARRAY(sizes_a, count + 1, err));
    TRY(NEW_ARRAY(sizes_b, count + 1, err));
    for (size_t i = 0; i < count; i++) {
        if (a[i] >= count || b[i] >= count) {
            rc = spil_fail(err, SPIL_RANGE, "label of item %zu is not below %zu", i, count);
            goto done;
        }
        pairs[i] = (pair){a[i], b[i]};
        in_a[a[i]]++;
        in_b[b[i]]++;
    }
    for (size_t i = 0; i < count; i++) {
        sizes_a[in_a[i]]++;
        sizes_b[in_b[i]]++;
    }
    if (count > 0)
        qsort(pairs, count, sizeof *pairs, by_labels);
    const double mi = information(pairs, count, in_a, in_b);
    const double expected = expected_information(sizes_a, sizes_b, count);
    const double middle = (entropy(in_a, count) + entropy(in_b, count)) / 2;
    *out = fabs(middle - expected) < 1e-12 ? 1 : (mi - expected) / (middle - expected);
done:
    spil_free(pairs);
    spil_free(in_a);
    spil_free(in_b);
    spil_free(sizes_a);
    spil_free(sizes_b);
    return rc;
}
