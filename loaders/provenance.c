/* provenance.c - see provenance.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/provenance.h"

#include <string.h>

static bool is_digest(const char *text)
{
    return strlen(text) == SPIL_SHA256_DIGITS &&
           strspn(text, "0123456789abcdef") == SPIL_SHA256_DIGITS;
}

spil_status spil_provenance_add(spil_intake *intake, const spil_source *file, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t id = 0;
    double confidence;
    if (!is_digest(file->sha256)) {
        spil_intake_complain_of(intake, "sha256",
                                "'%.80s' is no SHA-256 digest; expected 64 hexadecimal digits",
                                file->sha256);
        return SPIL_OK;
    }
    if (file->grade[0] && spil_grade_confidence(file->grade, &confidence, NULL) != SPIL_OK) {
        spil_intake_complain_of(
            intake, "grade", "'%.80s' is no Admiralty code; expected A to F and 1 to 6, such as B2",
            file->grade);
        return SPIL_OK;
    }
    if (file->rejected > file->rows || file->accepted != file->rows - file->rejected ||
        file->merged > file->accepted || file->rows > INT64_MAX) {
        spil_intake_complain_of(intake, "rows",
                                "rows, accepted, rejected and merged do not add up; expected rows "
                                "= accepted + rejected");
        return SPIL_OK;
    }
    TRY(spil_store_find_source(intake->store, file->sha256, &id, err));
    if (id != 0)
        goto done;
    TRY(spil_store_add_source(intake->store, file, 0, &id, err));
    TRY(spil_store_count_source(intake->store, id, file->rows, file->accepted, file->rejected,
                                file->merged, err));
done:
    return rc;
}

const spil_trait *spil_provenance_trait(const char *name, const char *value)
{
    const spil_trait *const trait = spil_trait_of_column(name);
    const bool hash = strlen(value) == SPIL_SECRET_HASH - 1 &&
                      strspn(value, "0123456789abcdef") == SPIL_SECRET_HASH - 1;
    for (spil_hash_kind kind = SPIL_HASH_BSN; trait && hash && kind <= SPIL_HASH_BIRTH; kind++)
        if (strcmp(name, spil_hash_attribute(kind)) == 0)
            return NULL;
    return trait;
}

spil_status spil_provenance_use(spil_intake *intake, const char *field, const char *sha256,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    intake->row_source = 0;
    if (!sha256 || !*sha256)
        return SPIL_OK;
    if (strcmp(intake->told_digest, sha256) != 0) {
        intake->told_digest[0] = '\0';
        if (is_digest(sha256))
            TRY(spil_store_find_source(intake->store, sha256, &intake->told_source, err));
        if (!is_digest(sha256) || intake->told_source == 0) {
            spil_intake_complain_of(intake, field,
                                    "'%.64s' is no file that this case knows; expected one of "
                                    "sources.csv of the same export: import that with it",
                                    sha256);
            goto done;
        }
        memcpy(intake->told_digest, sha256, SPIL_SHA256_DIGITS + 1);
    }
    intake->row_source = intake->told_source;
done:
    return rc;
}
