/* model_check.c - see model_tools.h: faults of a model file, each with its line.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/model_tools.h"

#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/base/text.h"

#include <stdlib.h>
#include <string.h>

/* Line `number` (from 1) of the text; NULL: it has fewer. */
static const char *line_at(const char *text, unsigned long number, size_t *length)
{
    while (number > 1 && text) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
        number--;
    }
    *length = text ? strcspn(text, "\n") : 0;
    return text;
}

/* The line of the file and a mark under the column, at most 100 bytes around it. */
static void tell_place(const char *text, unsigned long line, unsigned long column)
{
    enum { SHOWN = 100 };
    size_t length;
    const char *const whole = line_at(text, line, &length);
    if (!whole || column == 0 || column > length + 1)
        return;
    const size_t at = column - 1, from = at > SHOWN / 2 ? at - SHOWN / 2 : 0;
    const size_t shown = length - from < SHOWN ? length - from : SHOWN;
    spil_str marked = SPIL_STR_INIT;
    spil_str_add_n(&marked, whole + from, shown);
    if (marked.text)
        spil_make_printable(marked.text);
    spil_tell("    %5lu | %s", line, spil_str_text(&marked));
    spil_tell("          | %*s^", (int)(at - from), "");
    spil_str_free(&marked);
}

/* "path:line:column: what is wrong" */
static void tell_fault(const char *path, const char *text, const char *fault)
{
    char *rest = NULL;
    spil_tell("%s", fault);
    if (strncmp(fault, path, strlen(path)) != 0 || fault[strlen(path)] != ':')
        return;
    const unsigned long line = strtoul(fault + strlen(path) + 1, &rest, 10);
    if (*rest == ':')
        tell_place(text, line, strtoul(rest + 1, NULL, 10));
}

/* No fault, but worth knowing before anybody trusts the model. */
static void tell_weak_spots(const spil_model *model)
{
    for (size_t s = 0; s < model->step_count; s++) {
        const spil_model_step *const step = &model->steps[s];
        if (step->signal_count < 3)
            spil_tell("  step '%s' has %zu signal(s); with three or more it is seen sooner",
                      step->id, step->signal_count);
        if (step->role_count == 0)
            spil_tell("  step '%s' needs nobody, so no person or place can be taken out of it",
                      step->id);
        for (size_t i = 0; i < step->signal_count; i++)
            if (step->signals[i].ratio.high > 100 * step->signals[i].ratio.low)
                spil_tell("  signal '%s': lr_high is over 100 times lr_low, which says little",
                          step->signals[i].code);
    }
    if (strcmp(model->reviewed_by, "none") == 0)
        spil_tell("  reviewed by nobody yet");
}

spil_status spil_tell_faults(const char *path, size_t *faults, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *list = NULL, *text = NULL;
    spil_model *model = NULL;
    size_t length;
    *faults = 0;
    TRY(spil_model_faults(&list, path, err));
    TRY(spil_read_file(&text, &length, path, SPIL_MODEL_BYTES_MOST, err));
    for (char *fault = list, *end; *fault; fault = end + 1) {
        end = strchr(fault, '\n');
        *end = '\0';
        tell_fault(path, text, fault);
        ++*faults;
    }
    if (*faults == 0) {
        TRY(spil_model_read(&model, path, err));
        spil_tell("%s: sound: %zu steps, %zu rules", path, model->step_count, model->rule_count);
        tell_weak_spots(model);
    }
done:
    spil_model_free(model);
    spil_free(list);
    spil_free(text);
    return rc;
}
