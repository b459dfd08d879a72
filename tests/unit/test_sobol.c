/* Sobol indices against functions whose indices are known.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"

#include "engine/base/mem.h"
#include "engine/stats/sobol.h"

enum { N = 4096 };
static const double pi = 3.14159265358979323846;
static spil_err err;

/* Ishigami & Homma 1990, a = 7, b = 0.1: variance parts in closed form. */
static double ishigami(const double *u)
{
    const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * pow(z, 4) * sin(x);
}

static void sobol_indices__of_ishigami_are_those_of_the_book(void **state)
{
    (void)state;
    const double pi4 = pow(pi, 4), pi8 = pi4 * pi4;
    const double v1 = 0.5 * pow(1 + 0.1 * pi4 / 5, 2), v2 = 49.0 / 8, v13 = 0.01 * pi8 * 8 / 225;
    const double all = v1 + v2 + v13;
    double *points = NULL, *answer = NULL, first[3], total[3];
    assert_ok(NEW_ARRAY(points, (size_t)N * 5 * 3, &err));
    assert_ok(NEW_ARRAY(answer, (size_t)N * 5, &err));
    assert_ok(spil_sobol_points(points, N, 3, &err));
    for (size_t k = 0; k < (size_t)N * 5; k++)
        answer[k] = ishigami(points + 3 * k);
    spil_sobol_indices(answer, N, 3, first, total);
    assert_true(fabs(first[0] - v1 / all) < 0.02);
    assert_true(fabs(first[1] - v2 / all) < 0.02);
    assert_true(fabs(first[2]) < 0.02);
    assert_true(fabs(total[0] - (v1 + v13) / all) < 0.02);
    assert_true(fabs(total[1] - v2 / all) < 0.02);
    assert_true(fabs(total[2] - v13 / all) < 0.02);
    spil_free(points);
    spil_free(answer);
}

/* y = 3 u0 + u1: no interaction, so first and total are 9/10 and 1/10; u2 counts for nothing. */
static void sobol_indices__of_a_sum_are_its_shares(void **state)
{
    (void)state;
    double *points = NULL, *answer = NULL, first[3], total[3];
    assert_ok(NEW_ARRAY(points, (size_t)N * 5 * 3, &err));
    assert_ok(NEW_ARRAY(answer, (size_t)N * 5, &err));
    assert_ok(spil_sobol_points(points, N, 3, &err));
    for (size_t k = 0; k < (size_t)N * 5; k++) {
        for (size_t i = 0; i < 3; i++)
            assert_true(points[3 * k + i] > 0 && points[3 * k + i] < 1);
        answer[k] = 3 * points[3 * k] + points[3 * k + 1];
    }
    spil_sobol_indices(answer, N, 3, first, total);
    assert_true(fabs(first[0] - 0.9) < 0.01 && fabs(total[0] - 0.9) < 0.01);
    assert_true(fabs(first[1] - 0.1) < 0.01 && fabs(total[1] - 0.1) < 0.01);
    assert_true(fabs(first[2]) < 1e-12 && fabs(total[2]) < 1e-12);
    for (size_t k = 0; k < (size_t)N * 5; k++)
        answer[k] = 4;
    spil_sobol_indices(answer, N, 3, first, total);
    assert_true(isnan(first[0]) && isnan(total[0]));
    spil_free(points);
    spil_free(answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(sobol_indices__of_ishigami_are_those_of_the_book),
        T(sobol_indices__of_a_sum_are_its_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
