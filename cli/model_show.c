/* model_show.c - see model_tools.h: a model in a terminal. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "cli/model_tools.h"

#include "cli/show.h"
#include "engine/barriers/model_write.h"
#include "engine/barriers/rule.h"
#include "reports/lang.h"

#include <math.h>
#include <string.h>

static const char *in(spil_names names, spil_lang lang)
{
    return spil_name_in(names, lang);
}

static void tell_role(const spil_model_role *role, spil_lang lang)
{
    static const char *const outside[] = {"", ", knowing", ", unknowing", ", knowing or not"};
    spil_str kinds = SPIL_STR_INIT;
    spil_kinds_text(&kinds, role->kinds);
    spil_tell("  |    who      %u %s (%s%s)", (unsigned)role->needed, in(role->names, lang),
              spil_str_text(&kinds), outside[role->facilitator]);
    spil_str_free(&kinds);
}

static void tell_shift(const spil_model *model, const spil_model_shift *shift, spil_lang lang)
{
    spil_tell("  |             moves %.0f%% (%.0f-%.0f%%) to %s%s", 100 * shift->share,
              100 * shift->range.low, 100 * shift->range.high,
              shift->step != SIZE_MAX ? in(model->steps[shift->step].names, lang)
              : lang == SPIL_LANG_NL  ? "over de grens"
                                      : "across the border",
              shift->assumed ? "  [assumed]" : "");
}

static void tell_step(const spil_model *model, size_t s, spil_lang lang)
{
    const spil_model_step *const step = &model->steps[s];
    const bool first = s == 0 || model->steps[s - 1].group != step->group;
    if (step->group != SPIL_NO_GROUP && first)
        spil_tell("  +-- one of these ways (%s):", step->any_of);
    spil_tell(" %2zu%s %s  [%s%s%s, %.3g in the process, %.3g outside%s]", s + 1,
              step->group != SPIL_NO_GROUP ? " or" : ".", in(step->names, lang), step->id,
              step->required ? "" : ", optional", step->any_time ? ", any time" : "", step->given,
              step->prior, step->assumed ? ", assumed" : "");
    for (size_t i = 0; i < step->role_count; i++)
        tell_role(&step->roles[i], lang);
    for (size_t i = 0; i < step->opportunity_count; i++)
        spil_tell("  |    easy by  %s", in(step->opportunities[i].names, lang));
    for (size_t i = 0; i < step->signal_count; i++) {
        const spil_model_signal *const signal = &step->signals[i];
        spil_tell("  |    shows    %s  [%s, %s, x %.3g (%.3g-%.3g)%s]", in(signal->names, lang),
                  signal->code, signal->family, signal->ratio.mid, signal->ratio.low,
                  signal->ratio.high, signal->assumed ? ", assumed" : "");
    }
    for (size_t i = 0; i < step->barrier_count; i++) {
        const spil_model_barrier *const barrier = &step->barriers[i];
        spil_tell("  |    stopped  by %s: %s  [%s; %.3g h, %.3g days, works %.0f%%%s]",
                  in(spil_partner_names(barrier->partner), lang), in(barrier->names, lang),
                  barrier->basis, barrier->hours, barrier->lead_days,
                  100 * barrier->effect_a / (barrier->effect_a + barrier->effect_b),
                  barrier->assumed ? ", assumed" : "");
        for (size_t k = 0; k < barrier->shift_count; k++)
            tell_shift(model, &barrier->shifts[k], lang);
    }
    spil_tell("  |");
}

void spil_tell_model(const spil_model *model, spil_lang lang)
{
    spil_tell("%s  [%s, version %s, reviewed by %s, harm %.3g%s, prior %.3g%s]",
              in(model->names, lang), model->id, model->version, model->reviewed_by, model->harm,
              model->harm_assumed ? " assumed" : "", model->prior,
              model->prior_assumed ? " assumed" : "");
    spil_tell("  |");
    for (size_t s = 0; s < model->step_count; s++)
        tell_step(model, s, lang);
    if (model->rule_count)
        spil_tell("rules: roles that nobody recorded");
    for (size_t r = 0; r < model->rule_count; r++) {
        const spil_model_rule *const rule = &model->rules[r];
        const spil_model_step *const step = &model->steps[rule->step];
        spil_tell("  %s: %s, so %s at %s with chance %.3g  [%s%s]", rule->id,
                  in(rule->reason, lang), in(step->roles[rule->role].names, lang),
                  in(step->names, lang), rule->probability, rule->rule->name,
                  rule->off ? ", off" : "");
    }
    spil_tell("sources:");
    for (size_t i = 0; i < model->source_count; i++)
        spil_tell("  %s: %s", model->sources[i].id, model->sources[i].text);
}
