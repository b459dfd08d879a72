/* model_show.c - see model_tools.h: a model in a terminal. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "cli/model_tools.h"

#include "cli/show.h"
#include "engine/barriers/rule.h"
#include "reports/say.h"

#include <stdio.h>

#define SAID(key) spil_word_text(lang, SPIL_SAY_chain_##key)

static const char *in(spil_names names, spil_lang lang)
{
    return spil_name_in(names, lang);
}

/* ", assumed" where it holds, else nothing. */
typedef struct remark {
    char text[40];
} remark;

static remark remark_if(bool holds, const char *word)
{
    remark out = {""};
    if (holds)
        (void)snprintf(out.text, sizeof out.text, ", %s", word);
    return out;
}

static remark outsider(spil_facilitator facilitator, spil_lang lang)
{
    switch (facilitator) {
    case SPIL_FACILITATOR_AWARE:
        return remark_if(true, SAID(knowing));
    case SPIL_FACILITATOR_UNAWARE:
        return remark_if(true, SAID(unknowing));
    case SPIL_FACILITATOR_BOTH:
        return remark_if(true, SAID(either));
    case SPIL_FACILITATOR_NO:
        break;
    }
    return remark_if(false, "");
}

static void tell_role(const spil_model_role *role, spil_lang lang)
{
    spil_str kinds = SPIL_STR_INIT;
    for (unsigned k = 0; k < SPIL_ENTITY_KIND_COUNT; k++)
        if (role->kinds >> k & 1U)
            spil_str_addf(&kinds, "%s%s", kinds.length ? ", " : "",
                          in(spil_kind_names((spil_entity_kind)k), lang));
    spil_tell("  |    %s %u %s  [%s] (%s%s)", SAID(who), (unsigned)role->needed,
              in(role->names, lang), role->id, spil_str_text(&kinds),
              outsider(role->facilitator, lang).text);
    spil_str_free(&kinds);
}

static void tell_signal(const spil_model_signal *signal, spil_lang lang)
{
    spil_tell("  |    %s %s  [%s, %s, x %.3g (%.3g-%.3g)%s]", SAID(shows), in(signal->names, lang),
              signal->code, signal->family, signal->ratio.mid, signal->ratio.low,
              signal->ratio.high, remark_if(signal->assumed, SAID(assumed)).text);
}

static void tell_shift(const spil_model *model, const spil_model_shift *shift, spil_lang lang)
{
    spil_tell("  |             %s %.0f%% (%.0f-%.0f%%) %s %s%s", SAID(moves), 100 * shift->share,
              100 * shift->range.low, 100 * shift->range.high, SAID(to),
              shift->step != SIZE_MAX ? in(model->steps[shift->step].names, lang) : SAID(abroad),
              remark_if(shift->assumed, SAID(assumed)).text);
}

static void tell_barrier(const spil_model *model, const spil_model_barrier *barrier, spil_lang lang)
{
    const double works = barrier->effect_a / (barrier->effect_a + barrier->effect_b);
    spil_tell("  |    %s %s: %s  [%s; %.3g %s, %.3g %s, %s %.0f%%%s]", SAID(stopped),
              in(spil_partner_names(barrier->partner), lang), in(barrier->names, lang),
              barrier->basis, barrier->hours, SAID(hours), barrier->lead_days, SAID(days),
              SAID(works), 100 * works, remark_if(barrier->assumed, SAID(assumed)).text);
    for (size_t k = 0; k < barrier->shift_count; k++)
        tell_shift(model, &barrier->shifts[k], lang);
}

static void tell_step(const spil_model *model, size_t s, spil_lang lang)
{
    const spil_model_step *const step = &model->steps[s];
    const bool first = s == 0 || model->steps[s - 1].group != step->group;
    if (step->group != SPIL_NO_GROUP && first)
        spil_tell("  +-- %s (%s):", SAID(ways), step->any_of);
    spil_tell(" %2zu%s %s  [%s%s%s, %.3g %s, %.3g %s%s]", s + 1,
              step->group != SPIL_NO_GROUP ? SAID(or) : ".", in(step->names, lang), step->id,
              remark_if(!step->required, SAID(optional)).text,
              remark_if(step->any_time, SAID(any_time)).text, step->given, SAID(within),
              step->prior, SAID(outside), remark_if(step->assumed, SAID(assumed)).text);
    for (size_t i = 0; i < step->role_count; i++)
        tell_role(&step->roles[i], lang);
    for (size_t i = 0; i < step->opportunity_count; i++)
        spil_tell("  |    %s %s", SAID(easy), in(step->opportunities[i].names, lang));
    for (size_t i = 0; i < step->signal_count; i++)
        tell_signal(&step->signals[i], lang);
    for (size_t i = 0; i < step->barrier_count; i++)
        tell_barrier(model, &step->barriers[i], lang);
    spil_tell("  |");
}

static void tell_rule(const spil_model *model, const spil_model_rule *rule, spil_lang lang)
{
    const spil_model_step *const step = &model->steps[rule->step];
    spil_tell("  %s: %s, %s %s %s %s %s %.3g  [%s%s]", rule->id, in(rule->reason, lang), SAID(so),
              in(step->roles[rule->role].names, lang), SAID(at), in(step->names, lang),
              SAID(with_chance), rule->probability, rule->rule->name,
              remark_if(rule->off, SAID(off)).text);
}

void spil_tell_model(const spil_model *model, spil_lang lang)
{
    spil_tell("%s  [%s, %s %s, %s %s, %s %.3g%s, %s %.3g%s]", in(model->names, lang), model->id,
              SAID(version), model->version, SAID(reviewed), model->reviewed_by, SAID(harm),
              model->harm, remark_if(model->harm_assumed, SAID(assumed)).text, SAID(prior),
              model->prior, remark_if(model->prior_assumed, SAID(assumed)).text);
    spil_tell("  |");
    for (size_t s = 0; s < model->step_count; s++)
        tell_step(model, s, lang);
    if (model->rule_count)
        spil_tell("%s", SAID(rules));
    for (size_t r = 0; r < model->rule_count; r++)
        tell_rule(model, &model->rules[r], lang);
    spil_tell("%s", SAID(sources));
    for (size_t i = 0; i < model->source_count; i++)
        spil_tell("  %s: %s", model->sources[i].id, model->sources[i].text);
}
