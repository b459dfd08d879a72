/* effort.c - see effort.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/effort.h"

#include "engine/base/mem.h"
#include "engine/base/text.h"

#include <math.h>
#include <string.h>

enum { LOOKS_MOST = 10000 };

struct spil_effort {
    size_t partners;
    double *all;        /* by entity; NaN: not recorded */
    double *by_partner; /* entity x partners; NULL: no partner said so for itself */
};

/* Whose looks the attribute tells: *own false: anybody's. */
static bool is_looks(const char *name, bool *own, spil_partner *partner)
{
    const size_t length = sizeof SPIL_EFFORT - 1;
    if (strncmp(name, SPIL_EFFORT, length) != 0)
        return false;
    *own = name[length] == '_';
    return name[length] == '\0' || (*own && spil_partner_find(name + length + 1, partner));
}

static spil_status make_rows(double **out, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(*out, count, err));
    for (size_t i = 0; i < count; i++)
        (*out)[i] = (double)NAN;
done:
    return rc;
}

/* The largest stands where several are recorded. */
static void raise_to(double *at, double value)
{
    if (isnan(*at) || value > *at)
        *at = value;
}

static bool read_row(const spil_attribute *row, bool *own, spil_partner *partner, double *value)
{
    return is_looks(row->name, own, partner) && spil_parse_double(row->value, value) &&
           *value >= 0 && *value <= LOOKS_MOST;
}

static spil_status take_row(spil_effort **looks, const spil_facts *facts, const spil_attribute *row,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    bool own;
    spil_partner partner = 0;
    double value;
    if (!read_row(row, &own, &partner, &value))
        return SPIL_OK;
    if (!*looks) {
        TRY(NEW(*looks, err));
        (*looks)->partners = SPIL_PARTNER_COUNT;
        TRY(make_rows(&(*looks)->all, facts->entity_count, err));
    }
    if (own && !(*looks)->by_partner)
        TRY(make_rows(&(*looks)->by_partner, facts->entity_count * SPIL_PARTNER_COUNT, err));
    raise_to(own ? &(*looks)->by_partner[row->entity * (*looks)->partners + partner]
                 : &(*looks)->all[row->entity],
             value);
done:
    return rc;
}

spil_status spil_effort_new(spil_effort **out, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_effort *looks = NULL;
    for (size_t i = 0; i < facts->attribute_count; i++)
        TRY(take_row(&looks, facts, &facts->attributes[i], err));
    *out = looks;
    looks = NULL;
done:
    spil_effort_free(looks);
    return rc;
}

void spil_effort_free(spil_effort *looks)
{
    if (!looks)
        return;
    spil_free(looks->all);
    spil_free(looks->by_partner);
    spil_free(looks);
}

double spil_effort_at(const spil_effort *looks, uint32_t entity, spil_partner partner)
{
    if (!looks)
        return (double)NAN;
    const double own =
        looks->by_partner ? looks->by_partner[entity * looks->partners + partner] : (double)NAN;
    return isnan(own) ? looks->all[entity] : own;
}

bool spil_effort_record(const spil_facts *facts, uint32_t entity, spil_partner partner,
                        size_t *attribute)
{
    double best = -1;
    bool own_counts = false;
    for (size_t i = facts->attribute_row[entity]; i < facts->attribute_row[entity + 1]; i++) {
        bool own;
        spil_partner whose = 0;
        double value;
        if (!read_row(&facts->attributes[i], &own, &whose, &value) || (own && whose != partner) ||
            (own_counts && !own) || (own == own_counts && value <= best))
            continue;
        own_counts = own;
        best = value;
        *attribute = i;
    }
    return best >= 0;
}

double spil_effort_found(const spil_model_signal *signal, double looks)
{
    const double ratio = signal->ratio.mid, here = signal->found, elsewhere = here / ratio;
    if (isnan(looks) || looks <= 1 || ratio <= 1)
        return 1;
    const double many = -expm1(looks * log1p(-here)) / -expm1(looks * log1p(-elsewhere));
    return log(many) / log(ratio);
}

double spil_effort_missed(const spil_model_signal *signal, double looks)
{
    const double here = signal->found, elsewhere = here / signal->ratio.mid;
    return isnan(looks) ? 1 : exp(looks * (log1p(-here) - log1p(-elsewhere)));
}
