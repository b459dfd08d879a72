/* loader_dl.c - networks of UCINET (DL). SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/graph_intake.h"

static spil_status load(spil_intake *intake, spil_err *err)
{
    return spil_intake_graph(intake, SPIL_GRAPH_DL, true, err);
}

const spil_loader spil_loader_dl = {
    .name = "dl",
    .summary = "networks of UCINET (DL)",
    .shape = SPIL_SHAPE_DL,
    .recognise = spil_graph_recognise,
    .load = load,
};
