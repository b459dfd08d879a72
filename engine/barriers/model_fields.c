/* model_fields.c - see model_fields.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each record of the file is a table below; what a value may be stands beside its key. Fields are
 * read in the order of the table: sources before what names them, steps before rules.
 */
#include "engine/barriers/model_fields.h"

#define AT(type, member) offsetof(type, member)
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define FIELDS(array) .fields = (array), .field_count = COUNT_OF(array)

static const spil_yaml_field names_fields[] = {
    {.key = "nl", .read = spil_yaml_text, .offset = AT(spil_names, nl)},
    {.key = "en", .read = spil_yaml_text, .offset = AT(spil_names, en)},
};
static const spil_yaml_record names_record = {
    .what = "name", FIELDS(names_fields), .size = sizeof(spil_names), .id_offset = SIZE_MAX};

#define NAME(type)                                                                                 \
    {                                                                                              \
        .key = "name", .read = spil_yaml_nested, .of = &names_record, .offset = AT(type, names)    \
    }
#define SOURCE(type)                                                                               \
    {                                                                                              \
        .key = "source", .optional = true, .read = spil_read_source, .offset = AT(type, source)    \
    }
#define ASSUMED(type)                                                                              \
    {                                                                                              \
        .key = "assumed", .optional = true, .read = spil_yaml_bool, .offset = AT(type, assumed)    \
    }
#define ID(type)                                                                                   \
    {                                                                                              \
        .key = "id", .read = spil_yaml_id, .offset = AT(type, id)                                  \
    }
#define CHANCE(name, type, member, maybe)                                                          \
    {                                                                                              \
        .key = (name), .optional = (maybe), .read = spil_yaml_real, .offset = AT(type, member),    \
        .low = 0, .high = 1                                                                        \
    }
/* A chance that has odds: neither 0 nor 1. */
#define ODDS(name, type, member, maybe)                                                            \
    {                                                                                              \
        .key = (name), .optional = (maybe), .read = spil_yaml_real, .offset = AT(type, member),    \
        .low = 1e-6, .high = 1 - 1e-6                                                              \
    }
#define KINDS(name, type, member)                                                                  \
    {                                                                                              \
        .key = (name), .read = spil_read_kinds, .offset = AT(type, member)                         \
    }
#define LR(name, type, member, maybe)                                                              \
    {                                                                                              \
        .key = (name), .optional = (maybe), .read = spil_yaml_real, .offset = AT(type, member),    \
        .low = 1e-6, .high = 1e6                                                                   \
    }
#define WHERE(type, maybe)                                                                         \
    {                                                                                              \
        .key = "where", .optional = (maybe), .read = spil_read_where, .offset = AT(type, where),   \
        .count_offset = AT(type, where_count), .most = 10                                          \
    }
#define LIST(name, maybe, record, type, member, number, limit)                                     \
    {                                                                                              \
        .key = (name), .optional = (maybe), .read = spil_yaml_list, .of = &(record),               \
        .offset = AT(type, member), .count_offset = AT(type, number), .most = (limit)              \
    }

static const spil_yaml_field source_fields[] = {
    ID(spil_model_source),
    {.key = "text", .read = spil_yaml_text, .offset = AT(spil_model_source, text)},
};
static const spil_yaml_record source_record = {.what = "source",
                                               FIELDS(source_fields),
                                               .size = sizeof(spil_model_source),
                                               .id_offset = AT(spil_model_source, id)};

static const spil_yaml_field role_fields[] = {
    ID(spil_model_role),
    NAME(spil_model_role),
    KINDS("kinds", spil_model_role, kinds),
    {.key = "needed",
     .read = spil_yaml_count,
     .offset = AT(spil_model_role, needed),
     .low = 1,
     .high = 50},
    {.key = "facilitator",
     .read = spil_read_facilitator,
     .offset = AT(spil_model_role, facilitator)},
    CHANCE("unseen", spil_model_role, unseen, false),
    CHANCE("substitutability", spil_model_role, substitutability, false),
    ASSUMED(spil_model_role),
    SOURCE(spil_model_role),
};
static const spil_yaml_record role_record = {.what = "role",
                                             FIELDS(role_fields),
                                             .size = sizeof(spil_model_role),
                                             .id_offset = AT(spil_model_role, id),
                                             .check = spil_check_role};

static const spil_yaml_field opportunity_fields[] = {
    ID(spil_model_opportunity),
    NAME(spil_model_opportunity),
    KINDS("applies_to", spil_model_opportunity, applies_to),
    WHERE(spil_model_opportunity, false),
    {.key = "lr",
     .optional = true,
     .read = spil_yaml_real,
     .low = 1e-6,
     .high = 1e6,
     .flag = true,
     .offset = AT(spil_model_opportunity, ratio.mid),
     .flag_offset = AT(spil_model_opportunity, has_ratio)},
    LR("lr_low", spil_model_opportunity, ratio.low, true),
    LR("lr_high", spil_model_opportunity, ratio.high, true),
    ASSUMED(spil_model_opportunity),
    SOURCE(spil_model_opportunity),
};
static const spil_yaml_record opportunity_record = {.what = "opportunity",
                                                    FIELDS(opportunity_fields),
                                                    .size = sizeof(spil_model_opportunity),
                                                    .id_offset = AT(spil_model_opportunity, id),
                                                    .check = spil_check_opportunity};

static const spil_yaml_field signal_fields[] = {
    {.key = "code", .read = spil_yaml_id, .offset = AT(spil_model_signal, code)},
    NAME(spil_model_signal),
    {.key = "family", .read = spil_yaml_id, .offset = AT(spil_model_signal, family)},
    KINDS("applies_to", spil_model_signal, applies_to),
    LR("lr", spil_model_signal, ratio.mid, false),
    LR("lr_low", spil_model_signal, ratio.low, false),
    LR("lr_high", spil_model_signal, ratio.high, false),
    {.key = "half_life_days",
     .read = spil_read_half_life,
     .offset = AT(spil_model_signal, half_life_days),
     .low = 1,
     .high = 36500},
    {.key = "partner",
     .optional = true,
     .read = spil_read_partner,
     .offset = AT(spil_model_signal, partner),
     .flag = true,
     .flag_offset = AT(spil_model_signal, partner_stated)},
    {.key = "found",
     .optional = true,
     .read = spil_yaml_real,
     .low = 0.001,
     .high = 0.999,
     .flag = true,
     .offset = AT(spil_model_signal, found),
     .flag_offset = AT(spil_model_signal, found_stated)},
    ASSUMED(spil_model_signal),
    SOURCE(spil_model_signal),
};
static const spil_yaml_record signal_record = {.what = "signal",
                                               FIELDS(signal_fields),
                                               .size = sizeof(spil_model_signal),
                                               .id_offset = AT(spil_model_signal, code),
                                               .check = spil_check_signal};

static const spil_yaml_field shift_fields[] = {
    {.key = "to", .read = spil_yaml_id, .offset = AT(spil_model_shift, to)},
    ODDS("share", spil_model_shift, share, false),
    ODDS("share_low", spil_model_shift, range.low, true),
    ODDS("share_high", spil_model_shift, range.high, true),
    ASSUMED(spil_model_shift),
    SOURCE(spil_model_shift),
};
static const spil_yaml_record shift_record = {.what = "shift",
                                              FIELDS(shift_fields),
                                              .size = sizeof(spil_model_shift),
                                              .id_offset = AT(spil_model_shift, to),
                                              .check = spil_check_shift};

static const spil_yaml_field barrier_fields[] = {
    ID(spil_model_barrier),
    NAME(spil_model_barrier),
    {.key = "partner", .read = spil_read_partner, .offset = AT(spil_model_barrier, partner)},
    {.key = "basis", .read = spil_yaml_text, .offset = AT(spil_model_barrier, basis)},
    KINDS("applies_to", spil_model_barrier, applies_to),
    {.key = "effect", .read = spil_read_effect, .low = 0.01, .high = 1e6},
    {.key = "hours",
     .read = spil_yaml_real,
     .offset = AT(spil_model_barrier, hours),
     .low = 0.01,
     .high = 1e6},
    {.key = "lead_days",
     .read = spil_yaml_real,
     .offset = AT(spil_model_barrier, lead_days),
     .low = 0,
     .high = 36500},
    {.key = "cost",
     .optional = true,
     .read = spil_yaml_real,
     .offset = AT(spil_model_barrier, cost),
     .low = 0,
     .high = 1e9},
    {.key = "covert",
     .optional = true,
     .read = spil_yaml_bool,
     .offset = AT(spil_model_barrier, covert)},
    LIST("displaces", true, shift_record, spil_model_barrier, shifts, shift_count,
         SPIL_MODEL_SHIFTS_MOST),
    ASSUMED(spil_model_barrier),
    SOURCE(spil_model_barrier),
};
static const spil_yaml_record barrier_record = {.what = "barrier",
                                                FIELDS(barrier_fields),
                                                .size = sizeof(spil_model_barrier),
                                                .id_offset = AT(spil_model_barrier, id),
                                                .check = spil_check_barrier};

static const spil_yaml_field step_fields[] = {
    ID(spil_model_step),
    NAME(spil_model_step),
    {.key = "required", .read = spil_yaml_bool, .offset = AT(spil_model_step, required)},
    ODDS("prior", spil_model_step, prior, true),
    ODDS("prior_low", spil_model_step, prior_range.low, true),
    ODDS("prior_high", spil_model_step, prior_range.high, true),
    ODDS("given", spil_model_step, given, true),
    ODDS("given_low", spil_model_step, given_range.low, true),
    ODDS("given_high", spil_model_step, given_range.high, true),
    ASSUMED(spil_model_step),
    {.key = "any_of",
     .optional = true,
     .read = spil_yaml_id,
     .offset = AT(spil_model_step, any_of)},
    {.key = "any_time",
     .optional = true,
     .read = spil_yaml_bool,
     .offset = AT(spil_model_step, any_time)},
    LIST("roles", true, role_record, spil_model_step, roles, role_count, SPIL_MODEL_ITEMS_MOST),
    LIST("opportunities", true, opportunity_record, spil_model_step, opportunities,
         opportunity_count, SPIL_MODEL_ITEMS_MOST),
    LIST("signals", true, signal_record, spil_model_step, signals, signal_count,
         SPIL_MODEL_ITEMS_MOST),
    LIST("barriers", false, barrier_record, spil_model_step, barriers, barrier_count,
         SPIL_MODEL_ITEMS_MOST),
};
static const spil_yaml_record step_record = {.what = "step",
                                             FIELDS(step_fields),
                                             .size = sizeof(spil_model_step),
                                             .id_offset = AT(spil_model_step, id),
                                             .check = spil_check_step};

static const spil_yaml_field rule_fields[] = {
    ID(spil_model_rule),
    {.key = "rule", .read = spil_read_rule_name},
    {.key = "step", .read = spil_read_step_of},
    {.key = "role", .read = spil_read_role_of},
    CHANCE("probability", spil_model_rule, probability, false),
    {.key = "at_least",
     .optional = true,
     .read = spil_yaml_real,
     .offset = AT(spil_model_rule, at_least),
     .low = 1,
     .high = 1e6},
    {.key = "within_days",
     .optional = true,
     .read = spil_yaml_real,
     .offset = AT(spil_model_rule, within_days),
     .low = 1,
     .high = 36500},
    {.key = "steps", .optional = true, .read = spil_read_steps_of},
    WHERE(spil_model_rule, true),
    {.key = "lr",
     .optional = true,
     .read = spil_yaml_real,
     .low = 1e-6,
     .high = 1e6,
     .flag = true,
     .offset = AT(spil_model_rule, ratio.mid),
     .flag_offset = AT(spil_model_rule, has_ratio)},
    LR("lr_low", spil_model_rule, ratio.low, true),
    LR("lr_high", spil_model_rule, ratio.high, true),
    {.key = "reason",
     .read = spil_yaml_nested,
     .of = &names_record,
     .offset = AT(spil_model_rule, reason)},
    {.key = "off", .optional = true, .read = spil_yaml_bool, .offset = AT(spil_model_rule, off)},
    ASSUMED(spil_model_rule),
    SOURCE(spil_model_rule),
};
static const spil_yaml_record rule_record = {.what = "rule",
                                             FIELDS(rule_fields),
                                             .size = sizeof(spil_model_rule),
                                             .id_offset = AT(spil_model_rule, id),
                                             .check = spil_check_rule};

/* Read straight into the model: their offsets are the model's own. */
static const spil_yaml_field role_evidence_fields[] = {
    LR("lr", spil_model, role_ratio.mid, false),
    LR("lr_low", spil_model, role_ratio.low, false),
    LR("lr_high", spil_model, role_ratio.high, false),
    {.key = "assumed",
     .optional = true,
     .read = spil_yaml_bool,
     .offset = AT(spil_model, role_ratio_assumed)},
};
static const spil_yaml_record role_evidence_record = {.what = "role_evidence",
                                                      FIELDS(role_evidence_fields),
                                                      .id_offset = SIZE_MAX,
                                                      .check = spil_check_role_evidence};

static const spil_yaml_field recovery_fields[] = {
    {.key = "horizon_days",
     .read = spil_yaml_real,
     .offset = AT(spil_model, horizon_days),
     .low = 0,
     .high = 36500},
    {.key = "attempt_days",
     .read = spil_yaml_real,
     .offset = AT(spil_model, attempt_days),
     .low = 1,
     .high = 36500},
    {.key = "reach", .read = spil_read_reach, .offset = AT(spil_model, reach), .low = 0, .high = 1},
    {.key = "assumed",
     .optional = true,
     .read = spil_yaml_bool,
     .offset = AT(spil_model, recovery_assumed)},
};
static const spil_yaml_record recovery_record = {
    .what = "recovery", FIELDS(recovery_fields), .id_offset = SIZE_MAX};

static const spil_yaml_field model_fields[] = {
    ID(spil_model),
    {.key = "version", .read = spil_yaml_text, .offset = AT(spil_model, version)},
    {.key = "reviewed_by", .read = spil_yaml_text, .offset = AT(spil_model, reviewed_by)},
    NAME(spil_model),
    LIST("sources", false, source_record, spil_model, sources, source_count, SPIL_MODEL_ITEMS_MOST),
    {.key = "harm", .read = spil_yaml_real, .offset = AT(spil_model, harm), .low = 0, .high = 1e6},
    ODDS("prior", spil_model, prior, false),
    ODDS("prior_low", spil_model, prior_range.low, true),
    ODDS("prior_high", spil_model, prior_range.high, true),
    {.key = "assumed", .optional = true, .read = spil_read_assumed},
    {.key = "role_evidence", .read = spil_yaml_nested, .of = &role_evidence_record},
    {.key = "recovery", .read = spil_yaml_nested, .of = &recovery_record},
    LIST("steps", false, step_record, spil_model, steps, step_count, SPIL_MODEL_STEPS_MOST),
    LIST("rules", true, rule_record, spil_model, rules, rule_count, SPIL_MODEL_RULES_MOST),
};
const spil_yaml_record spil_model_shape = {.what = "model",
                                           FIELDS(model_fields),
                                           .size = sizeof(spil_model),
                                           .id_offset = AT(spil_model, id),
                                           .check = spil_check_model};
