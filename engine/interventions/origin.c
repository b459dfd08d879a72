/* origin.c - see origin.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/origin.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

const char *spil_home_text(spil_home origin)
{
    static const char *const texts[SPIL_HOME_COUNT] = {[SPIL_HOME_SAME] = "same municipality",
                                                       [SPIL_HOME_ELSEWHERE] =
                                                           "elsewhere in the country",
                                                       [SPIL_HOME_ABROAD] = "abroad",
                                                       [SPIL_HOME_UNKNOWN] = "unknown"};
    return texts[origin];
}

/* The low end rises with the hits and falls with the others, so the ends of the ranges give the
 * widest interval. */
static spil_home_share widest(uint64_t hits_least, uint64_t hits_most, uint64_t others_least,
                              uint64_t others_most)
{
    const double tail = 0.05;
    const double a = (double)hits_least, b = (double)others_most;
    const double c = (double)hits_most, d = (double)others_least;
    return (spil_home_share){.low = a > 0 ? gsl_cdf_beta_Pinv(tail, a + 0.5, b + 0.5) : 0,
                             .high = d > 0 ? gsl_cdf_beta_Qinv(tail, c + 0.5, d + 0.5) : 1};
}

spil_homes spil_homes_of(const uint64_t count[SPIL_HOME_COUNT])
{
    spil_homes out = {0};
    bool hidden = false;
    for (int o = 0; o < SPIL_HOME_COUNT; o++) {
        const bool few = count[o] < SPIL_HOME_FEWEST;
        out.least[o] = few ? 0 : count[o];
        out.most[o] = few ? SPIL_HOME_FEWEST - 1 : count[o];
        out.total_least += out.least[o];
        out.total_most += out.most[o];
        hidden = hidden || few;
    }
    for (int o = 0; o < SPIL_HOME_COUNT; o++)
        out.share[o] = widest(out.least[o], out.most[o], out.total_least - out.least[o],
                              out.total_most - out.most[o]);
    out.none_abroad = out.share[SPIL_HOME_ABROAD];
    out.all_abroad = widest(out.least[SPIL_HOME_ABROAD] + out.least[SPIL_HOME_UNKNOWN],
                            out.most[SPIL_HOME_ABROAD] + out.most[SPIL_HOME_UNKNOWN],
                            out.least[SPIL_HOME_SAME] + out.least[SPIL_HOME_ELSEWHERE],
                            out.most[SPIL_HOME_SAME] + out.most[SPIL_HOME_ELSEWHERE]);
    out.small = hidden || out.total_most < SPIL_HOME_SMALL;
    return out;
}

/* ---- from a case ---- */

static bool is_country(const char *found, const char *country)
{
    static const char *const names[] = {"NL", "NLD", "Nederland", "Netherlands", "The Netherlands"};
    bool own = false, named = false;
    if (spil_text_equal_nocase(found, country))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        own = own || spil_text_equal_nocase(country, names[i]);
        named = named || spil_text_equal_nocase(found, names[i]);
    }
    return own && named;
}

static bool is_recorded(const char *text)
{
    return text && *text;
}

static spil_home home_of(const char *lives, const char *place, const char *municipality,
                         const char *country)
{
    if (is_recorded(lives) && !is_country(lives, country))
        return SPIL_HOME_ABROAD;
    if (!is_recorded(place))
        return SPIL_HOME_UNKNOWN;
    return spil_text_equal_nocase(place, municipality) ? SPIL_HOME_SAME : SPIL_HOME_ELSEWHERE;
}

/* His own residence, else that of the address at the end of the link (SIZE_MAX: none). */
static spil_home home_of_person(const spil_facts *facts, uint32_t person, size_t link,
                                const char *municipality, const char *country)
{
    const char *const lives = spil_facts_attribute(facts, person, "country_of_residence");
    const char *const place = spil_facts_attribute(facts, person, "municipality");
    if (is_recorded(lives) || is_recorded(place) || link == SIZE_MAX)
        return home_of(lives, place, municipality, country);
    const uint32_t address = facts->links[link].to;
    return home_of(spil_facts_attribute(facts, address, "country"),
                   spil_facts_attribute(facts, address, "municipality"), municipality, country);
}

/* Which of two links to an address tells where he lives now; links stand by key. */
static bool is_newer(const spil_link *a, const spil_link *b)
{
    const bool ended = a->until != SPIL_NO_DAY, other = b->until != SPIL_NO_DAY;
    return ended != other ? !ended : a->since > b->since;
}

/* home: by entity, the link to the address that he lives at; SIZE_MAX: none. */
static void find_homes(const spil_facts *facts, size_t *home)
{
    memset(home, 0xff, facts->entity_count * sizeof *home);
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        if (link->kind == SPIL_LINK_lives_at &&
            facts->entities[link->to].kind == SPIL_ENTITY_address &&
            (home[link->from] == SIZE_MAX || is_newer(link, &facts->links[home[link->from]])))
            home[link->from] = i;
    }
}

spil_status spil_homes_count(uint64_t count[SPIL_HOME_COUNT], const spil_facts *facts,
                             const char *municipality, const char *country, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bool *suspect = NULL;
    size_t *home = NULL;
    TRY(NEW_ARRAY(suspect, facts->entity_count, err));
    TRY(NEW_ARRAY(home, facts->entity_count, err));
    find_homes(facts, home);
    for (size_t i = 0; i < facts->role_count; i++)
        suspect[facts->roles[i].entity] = true;
    for (size_t i = 0; i < facts->link_count; i++)
        if (facts->links[i].kind == SPIL_LINK_co_suspect) {
            suspect[facts->links[i].from] = true;
            suspect[facts->links[i].to] = true;
        }
    memset(count, 0, SPIL_HOME_COUNT * sizeof *count);
    for (size_t e = 0; e < facts->entity_count; e++)
        if (suspect[e] && facts->entities[e].kind == SPIL_ENTITY_person)
            count[home_of_person(facts, (uint32_t)e, home[e], municipality, country)]++;
done:
    spil_free(suspect);
    spil_free(home);
    return rc;
}
