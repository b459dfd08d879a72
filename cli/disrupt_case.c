/* disrupt_case.c - the case that is taken apart, with the chains of its last run where it has one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/disrupt.h"

#include "cli/case.h"
#include "cli/show.h"
#include "engine/run/words.h"

#include <stdio.h>
#include <string.h>

void disrupt_case_close(disrupt_case *c)
{
    spil_wear_free(c->wear);
    spil_network_free(c->network);
    spil_facts_free(c->own);
    spil_reopened_clear(&c->run);
    spil_store_close(c->store);
}

static void tell_absent(disrupt_case *c, const char *why)
{
    (void)snprintf(c->absent, sizeof c->absent, "%s", why);
}

/* The last analysis; that there is none which fits the case and the models is no failure. */
static spil_status open_run(disrupt_case *c, const disrupt_asked *asked, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_err why = SPIL_ERR_INIT;
    int64_t run = 0;
    TRY(spil_store_find_run(c->store, SPIL_RUN_ANALYZE, &run, err));
    if (run == 0) {
        tell_absent(c, "the case has no analysed run; see spil analyze");
        goto done;
    }
    rc = spil_reopen(&c->run, c->store, asked->models, &why);
    if (rc == SPIL_NOT_FOUND || rc == SPIL_INPUT) {
        tell_absent(c, why.msg);
        rc = SPIL_OK;
    } else if (rc != SPIL_OK) {
        rc = spil_fail(err, rc, "%s", why.msg);
    }
done:
    return rc;
}

static spil_status open_wear(disrupt_case *c, spil_err *err)
{
    const spil_run_row *const run = spil_reopened_run(&c->run);
    const spil_score_opts opts = {.draws = (size_t)run->draws,
                                  .seed = run->seed,
                                  .as_of = run->as_of,
                                  .progress = spil_meter()};
    return spil_wear_new(&c->wear, c->run.facts, c->run.network, c->run.communities, c->run.models,
                         &opts, err);
}

spil_status disrupt_case_open(disrupt_case *c, const char *path, const disrupt_asked *asked,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_case_open(&c->store, path, SPIL_STORE_READ, err));
    if (asked->links)
        tell_absent(c, "they are told of entities alone, not of links");
    else
        TRY(open_run(c, asked, err));
    if (!c->run.facts)
        TRY(spil_store_load_facts(&c->own, c->store, err));
    c->facts = c->own ? c->own : c->run.facts;
    TRY(spil_network_build(&c->network, c->facts, err));
    if (c->network->csr->n == 0) {
        rc = spil_fail(err, SPIL_INPUT, "%s: there is nobody in it to take away", path);
        goto done;
    }
    if (c->run.facts)
        rc = open_wear(c, err);
done:
    return rc;
}
