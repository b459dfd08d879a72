/* scripts.h - barrier models from and to the JSON of TNO's crime_scripts, the nearest open kin.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     crime_scripts                       here
 *     crimeScript                         model
 *     stage with several variants         steps that are ways to one end (any_of)
 *     variant (an act)                    step
 *     cast of its activities              roles; service providers: roles of facilitators
 *     opportunities, conditions           opportunities
 *     indicators                          signals
 *     measures with their partners        barriers, one a partner
 *     literature                          sources
 *
 * Both shapes are read: stages that hold their variants, and stages that name acts of a list. What
 * a script does not know (likelihood ratios, hours, chances) travels as text of a model file in a
 * key "spil" of each part; a part without it gets usual numbers, all marked assumed. Its texts have
 * one language, which is put in both names. Format: github.com/TNO/crime_scripts, data-model.ts.
 */
#ifndef SPIL_BARRIERS_SCRIPTS_H
#define SPIL_BARRIERS_SCRIPTS_H

#include "engine/barriers/model.h"
#include "engine/base/str.h"

enum { SPIL_SCRIPT_BYTES_MOST = 32 << 20 };

/* Appends the text of a model file. script: id or title of the one to take, NULL: the only one.
 * notes: a line for each thing that had no place in a model, or got a stand-in. SPIL_INPUT names
 * file and place. */
spil_status spil_script_import(spil_str *out, spil_str *notes, const char *path, const char *script,
                               spil_err *err) SPIL_CHECKED;
/* Appends the JSON. dutch: which of the names. No clock: its times are 0. */
spil_status spil_script_export(spil_str *out, const spil_model *model, bool dutch,
                               spil_err *err) SPIL_CHECKED;

#endif
