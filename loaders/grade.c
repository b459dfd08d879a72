/* grade.c - the Admiralty code (grades.def) as confidence. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "loaders/loader.h"

#include <string.h>

static bool reliability(char letter, double *out)
{
    switch (letter) {
#define RELIABILITY(code, figure, words)                                                           \
    case code:                                                                                     \
        *out = figure;                                                                             \
        return true;
#include "loaders/grades.def"
#undef RELIABILITY
    default:
        return false;
    }
}

static bool credibility(char digit, double *out)
{
    switch (digit) {
#define CREDIBILITY(code, figure, words)                                                           \
    case code:                                                                                     \
        *out = figure;                                                                             \
        return true;
#include "loaders/grades.def"
#undef CREDIBILITY
    default:
        return false;
    }
}

spil_status spil_grade_confidence(const char *grade, double *confidence, spil_err *err)
{
    double source, information;
    char letter = grade[0];
    if (letter >= 'a' && letter <= 'z')
        letter = (char)(letter - 'a' + 'A');
    if (strlen(grade) != 2 || !reliability(letter, &source) || !credibility(grade[1], &information))
        return spil_fail(err, SPIL_INPUT,
                         "'%.20s' is no grade; expected a letter A-F (how reliable the source is) "
                         "and a digit 1-6 (how credible the information), such as B2",
                         grade);
    *confidence = source * information;
    return SPIL_OK;
}
