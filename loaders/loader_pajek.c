/* loader_pajek.c - networks of Pajek (.net). SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/graph_intake.h"

static spil_status load(spil_intake *intake, spil_err *err)
{
    return spil_intake_graph(intake, SPIL_GRAPH_PAJEK, true, err);
}

const spil_loader spil_loader_pajek = {
    .name = "pajek",
    .summary = "networks of Pajek (.net)",
    .shape = SPIL_SHAPE_PAJEK,
    .recognise = spil_graph_recognise,
    .load = load,
};
