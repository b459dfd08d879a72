/* pair.c - see pair.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/pair.h"

spil_status spil_pair_write(const spil_export *what, const char *folder,
                            const spil_pair_shape *shape, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pair pair = {.facts = what->facts, .scratch = SPIL_STR_INIT};
    TRY(spil_wide_columns(&pair.columns, &pair.count, what->facts, err));
    TRY(spil_make_folder(folder, err));
    TRY(spil_csv_file_open(&pair.entities, folder, shape->entities_name, NULL, shape->guard, err));
    TRY(shape->put_entities(&pair, err));
    TRY(spil_csv_file_open(&pair.links, folder, shape->links_name, shape->links_header,
                           shape->guard, err));
    TRY(shape->put_links(&pair, err));
    TRY(spil_csv_file_commit(&pair.entities, err));
    TRY(spil_csv_file_commit(&pair.links, err));
done:
    spil_csv_file_drop(&pair.entities);
    spil_csv_file_drop(&pair.links);
    spil_str_free(&pair.scratch);
    spil_free(pair.columns);
    return rc;
}

void spil_pair_add_signals(spil_pair *pair, uint32_t entity, const char *between)
{
    const spil_facts *const facts = pair->facts;
    for (size_t i = facts->signal_row[entity]; i < facts->signal_row[entity + 1]; i++) {
        char day[16];
        spil_format_day(facts->signals[i].date, day);
        spil_str_addf(&pair->scratch, "%s%s%s%s", i > facts->signal_row[entity] ? between : "",
                      facts->signals[i].code, *day ? " " : "", day);
    }
}

void spil_pair_add_roles(spil_pair *pair, uint32_t entity, const char *between,
                         void (*add)(spil_str *out, const spil_role *role))
{
    const spil_facts *const facts = pair->facts;
    for (size_t i = facts->role_row[entity]; i < facts->role_row[entity + 1]; i++) {
        spil_str_add(&pair->scratch, i > facts->role_row[entity] ? between : "");
        add(&pair->scratch, &facts->roles[i]);
    }
}

const char *spil_pair_source(const spil_pair *pair, spil_origin origin)
{
    return spil_path_name(pair->facts->sources[origin.source].path);
}
