/* loader_graphml.c - networks as GraphML. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/graph_intake.h"

#include <stdio.h>
#include <string.h>

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {forced || strstr(header->head, "<graphml"), SPIL_PHASE_ENTITIES, ""};
    if (!fit.fits)
        (void)snprintf(fit.hint, sizeof fit.hint, "of XML, GraphML alone is read: <graphml ...>");
    return fit;
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    return spil_intake_graph(intake, SPIL_GRAPH_GRAPHML, false, err);
}

const spil_loader spil_loader_graphml = {
    .name = "graphml",
    .summary = "networks as GraphML",
    .shape = SPIL_SHAPE_XML,
    .recognise = recognise,
    .load = load,
};
