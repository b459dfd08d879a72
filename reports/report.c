/* report.c - see report.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/report.h"

#include "engine/base/file.h"

#define X(name) extern const spil_report spil_report_##name;
#include "reports/reports.def"
#undef X

const spil_report *const spil_reports[] = {
#define X(name) &spil_report_##name,
#include "reports/reports.def"
#undef X
};
const size_t spil_report_count = sizeof spil_reports / sizeof spil_reports[0];

static spil_status write_one(const char *folder, const char *file, const spil_str *text,
                             spil_err *err)
{
    char *path = NULL;
    spil_status rc = spil_path_join(&path, folder, file, err);
    if (rc == SPIL_OK)
        rc = spil_write_file(path, spil_str_text(text), text->length, err);
    spil_free(path);
    return rc;
}

spil_status spil_report_write_all(const spil_result *result, spil_lang lang, const char *folder,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str *texts = NULL;
    TRY(NEW_ARRAY(texts, spil_report_count, err));
    for (size_t i = 0; i < spil_report_count; i++) {
        TRY(spil_reports[i]->write(result, lang, &texts[i], err));
        TRY(spil_str_status(&texts[i], err));
    }
    TRY(spil_make_folder(folder, err));
    for (size_t i = 0; i < spil_report_count; i++)
        TRY(write_one(folder, spil_reports[i]->file, &texts[i], err));
done:
    for (size_t i = 0; texts && i < spil_report_count; i++)
        spil_str_free(&texts[i]);
    spil_free(texts);
    return rc;
}
