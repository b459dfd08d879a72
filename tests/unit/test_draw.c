/* Where nodes and names go on paper. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/rng.h"
#include "reports/draw.h"
#include "reports/escape.h"
#include "tests/unit/t.h"
#include "tests/unit/t_result.h"

enum { MOST = 150 };

static spil_err err;
static spil_result_node nodes[MOST];
static spil_result_edge edges[2 * MOST];
static spil_result_community community;
static spil_result result;

/* n nodes in a random heap, all people of the hand-made result, some on top of each other. */
static void heap_of(size_t n, uint64_t seed)
{
    spil_rng rng = spil_rng_stream(seed, 0);
    result = t_result();
    community = (spil_result_community){.number = 1, .nodes = nodes, .edges = edges};
    for (size_t i = 0; i < n; i++) {
        nodes[i] = (spil_result_node){.entity = (uint32_t)(i % result.entity_count),
                                      .x = i % 5 == 0 ? 0.5 : spil_rng_unit(&rng),
                                      .y = i % 5 == 0 ? 0.5 : spil_rng_unit(&rng),
                                      .spil = i == 0,
                                      .target = i == 2};
        if (i > 0)
            edges[community.edge_count++] =
                (spil_result_edge){.from = (uint32_t)(i / 2), .to = (uint32_t)i, .confidence = 1.0};
    }
    community.node_count = n;
    result.communities = &community;
    result.community_count = 1;
}

static void draw__nodes_stay_in_the_frame_and_apart(void **state)
{
    (void)state;
    for (size_t n = 1; n <= MOST; n = n * 2 + 1) {
        spil_drawing *drawing = NULL;
        heap_of(n, n);
        assert_ok(spil_draw_community(&drawing, &result, 0, &err));
        assert_int_equal(drawing->count, n);
        for (size_t i = 0; i < n; i++) {
            const spil_drawn *const a = &drawing->nodes[i];
            assert_true(a->x - a->r >= 0.0 && a->x + a->r <= drawing->width);
            assert_true(a->y - a->r >= 0.0 && a->y + a->r <= drawing->height);
            for (size_t j = 0; j < i; j++) {
                const spil_drawn *const b = &drawing->nodes[j];
                assert_true(hypot(a->x - b->x, a->y - b->y) >= a->r + b->r);
            }
        }
        spil_drawing_free(drawing);
    }
}

static void draw__names_cover_neither_nodes_nor_names(void **state)
{
    (void)state;
    spil_drawing *drawing = NULL;
    heap_of(100, 7);
    assert_ok(spil_draw_community(&drawing, &result, 0, &err));
    double box[MOST][4];
    size_t count = 0;
    for (size_t i = 0; i < drawing->count; i++) {
        const spil_drawn *const node = &drawing->nodes[i];
        if (!node->label)
            continue;
        const double width = drawing->font * spil_text_width(node->label);
        const double left = node->anchor[0] == 's'   ? node->label_x
                            : node->anchor[0] == 'e' ? node->label_x - width
                                                     : node->label_x - 0.5 * width;
        double *const b = box[count++];
        b[0] = left, b[1] = left + width;
        b[2] = node->label_y - 0.7 * drawing->font, b[3] = node->label_y;
        for (size_t j = 0; j + 1 < count; j++)
            assert_false(b[0] < box[j][1] && box[j][0] < b[1] && b[2] < box[j][3] &&
                         box[j][2] < b[3]);
        for (size_t j = 0; j < drawing->count; j++) {
            const spil_drawn *const other = &drawing->nodes[j];
            assert_false(other->x > b[0] && other->x < b[1] && other->y > b[2] && other->y < b[3]);
        }
    }
    assert_int_equal(count + drawing->unlabelled, drawing->count);
    assert_true(count >= 75);                    /* even in a heap without any shape */
    assert_non_null(drawing->nodes[0].label);    /* the spil first of all */
    assert_int_equal(drawing->nodes[2].rank, 1); /* J. de Vries is the first target */
    spil_drawing_free(drawing);
}

static void draw__an_empty_community_is_an_empty_drawing(void **state)
{
    (void)state;
    spil_drawing *drawing = NULL;
    heap_of(0, 1);
    assert_ok(spil_draw_community(&drawing, &result, 0, &err));
    assert_int_equal(drawing->count, 0);
    spil_drawing_free(drawing);
}

static spil_status draw_once(void)
{
    spil_drawing *drawing = NULL;
    const spil_status rc = spil_draw_community(&drawing, &result, 0, NULL);
    if (rc == SPIL_OK)
        spil_drawing_free(drawing);
    return rc;
}

static void draw__survives_running_out_of_memory(void **state)
{
    (void)state;
    heap_of(12, 3);
    assert_survives_no_memory(draw_once());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(draw__nodes_stay_in_the_frame_and_apart),
        T(draw__names_cover_neither_nodes_nor_names),
        T(draw__an_empty_community_is_an_empty_drawing),
        T(draw__survives_running_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
