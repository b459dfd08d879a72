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

#define FIELD(name, type, member, maybe, reader)                                                   \
    {                                                                                              \
        .key = (name), .optional = (maybe), .read = (reader), .offset = AT(type, member)           \
    }
#define TEXT(name, type, member) FIELD(name, type, member, false, spil_yaml_text)
#define WORD(name, type, member, maybe) FIELD(name, type, member, maybe, spil_yaml_id)
#define BOOL(name, type, member, maybe) FIELD(name, type, member, maybe, spil_yaml_bool)
#define KINDS(name, type, member) FIELD(name, type, member, false, spil_read_kinds)
#define ID(type) WORD("id", type, id, false)
#define SOURCE(type) FIELD("source", type, source, true, spil_read_source)
#define ASSUMED(type) BOOL("assumed", type, assumed, true)
#define NAMED(name, type, member)                                                                  \
    {                                                                                              \
        .key = (name), .read = spil_yaml_nested, .of = &names_record, .offset = AT(type, member)   \
    }
#define NAME(type) NAMED("name", type, names)

#define REAL(name, type, member, maybe, least, largest)                                            \
    {                                                                                              \
        .key = (name), .optional = (maybe), .read = spil_yaml_real, .offset = AT(type, member),    \
        .low = (least), .high = (largest)                                                          \
    }
/* An optional one; flag: a bool that tells whether it is there. */
#define REAL_IF_ANY(name, type, member, least, largest, told)                                      \
    {                                                                                              \
        .key = (name), .optional = true, .read = spil_yaml_real, .offset = AT(type, member),       \
        .low = (least), .high = (largest), .flag = true, .flag_offset = AT(type, told)             \
    }
#define CHANCE(name, type, member) REAL(name, type, member, false, 0, 1)
/* A chance that has odds: neither 0 nor 1. */
#define ODDS(name, type, member, maybe) REAL(name, type, member, maybe, 1e-6, 1 - 1e-6)
#define DAYS(name, type, member, maybe, least) REAL(name, type, member, maybe, least, 36500)
#define RATIO(name, type, member, maybe) REAL(name, type, member, maybe, 1e-6, 1e6)
#define LR(type, member)                                                                           \
    RATIO("lr", type, member.mid, false), RATIO("lr_low", type, member.low, false),                \
        RATIO("lr_high", type, member.high, false)
#define LR_IF_ANY(type, member, told)                                                              \
    REAL_IF_ANY("lr", type, member.mid, 1e-6, 1e6, told), RATIO("lr_low", type, member.low, true), \
        RATIO("lr_high", type, member.high, true)
/* With its ends, name_low and name_high. */
#define ODDS_RANGE(name, type, member, ends, maybe)                                                \
    ODDS(name, type, member, maybe), ODDS(name "_low", type, ends.low, true),                      \
        ODDS(name "_high", type, ends.high, true)

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
    TEXT("text", spil_model_source, text),
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
    FIELD("facilitator", spil_model_role, facilitator, false, spil_read_facilitator),
    CHANCE("unseen", spil_model_role, unseen),
    CHANCE("substitutability", spil_model_role, substitutability),
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
    LR_IF_ANY(spil_model_opportunity, ratio, has_ratio),
    ASSUMED(spil_model_opportunity),
    SOURCE(spil_model_opportunity),
};
static const spil_yaml_record opportunity_record = {.what = "opportunity",
                                                    FIELDS(opportunity_fields),
                                                    .size = sizeof(spil_model_opportunity),
                                                    .id_offset = AT(spil_model_opportunity, id),
                                                    .check = spil_check_opportunity};

static const spil_yaml_field signal_fields[] = {
    WORD("code", spil_model_signal, code, false),
    NAME(spil_model_signal),
    WORD("family", spil_model_signal, family, false),
    KINDS("applies_to", spil_model_signal, applies_to),
    LR(spil_model_signal, ratio),
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
    REAL_IF_ANY("found", spil_model_signal, found, 0.001, 0.999, found_stated),
    ASSUMED(spil_model_signal),
    SOURCE(spil_model_signal),
};
static const spil_yaml_record signal_record = {.what = "signal",
                                               FIELDS(signal_fields),
                                               .size = sizeof(spil_model_signal),
                                               .id_offset = AT(spil_model_signal, code),
                                               .check = spil_check_signal};

static const spil_yaml_field shift_fields[] = {
    WORD("to", spil_model_shift, to, false),
    ODDS_RANGE("share", spil_model_shift, share, range, false),
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
    FIELD("partner", spil_model_barrier, partner, false, spil_read_partner),
    TEXT("basis", spil_model_barrier, basis),
    KINDS("applies_to", spil_model_barrier, applies_to),
    {.key = "effect", .read = spil_read_effect, .low = 0.01, .high = 1e6},
    REAL("hours", spil_model_barrier, hours, false, 0.01, 1e6),
    DAYS("lead_days", spil_model_barrier, lead_days, false, 0),
    REAL("cost", spil_model_barrier, cost, true, 0, 1e9),
    BOOL("covert", spil_model_barrier, covert, true),
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
    BOOL("required", spil_model_step, required, false),
    ODDS_RANGE("prior", spil_model_step, prior, prior_range, true),
    ODDS_RANGE("given", spil_model_step, given, given_range, true),
    ASSUMED(spil_model_step),
    WORD("any_of", spil_model_step, any_of, true),
    BOOL("any_time", spil_model_step, any_time, true),
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
    CHANCE("probability", spil_model_rule, probability),
    REAL("at_least", spil_model_rule, at_least, true, 1, 1e6),
    DAYS("within_days", spil_model_rule, within_days, true, 1),
    {.key = "steps", .optional = true, .read = spil_read_steps_of},
    WHERE(spil_model_rule, true),
    LR_IF_ANY(spil_model_rule, ratio, has_ratio),
    NAMED("reason", spil_model_rule, reason),
    BOOL("off", spil_model_rule, off, true),
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
    LR(spil_model, role_ratio),
    BOOL("assumed", spil_model, role_ratio_assumed, true),
};
static const spil_yaml_record role_evidence_record = {.what = "role_evidence",
                                                      FIELDS(role_evidence_fields),
                                                      .id_offset = SIZE_MAX,
                                                      .check = spil_check_role_evidence};

static const spil_yaml_field recovery_fields[] = {
    DAYS("horizon_days", spil_model, horizon_days, false, 0),
    DAYS("attempt_days", spil_model, attempt_days, false, 1),
    {.key = "reach", .read = spil_read_reach, .offset = AT(spil_model, reach), .low = 0, .high = 1},
    BOOL("assumed", spil_model, recovery_assumed, true),
};
static const spil_yaml_record recovery_record = {
    .what = "recovery", FIELDS(recovery_fields), .id_offset = SIZE_MAX};

static const spil_yaml_field model_fields[] = {
    ID(spil_model),
    TEXT("version", spil_model, version),
    TEXT("reviewed_by", spil_model, reviewed_by),
    NAME(spil_model),
    LIST("sources", false, source_record, spil_model, sources, source_count, SPIL_MODEL_ITEMS_MOST),
    REAL("harm", spil_model, harm, false, 0, 1e6),
    ODDS_RANGE("prior", spil_model, prior, prior_range, false),
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
