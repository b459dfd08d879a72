/* html_method.c - how it was worked out, what is assumed, what it cannot say, how to repeat it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>

static void paragraph(const spil_pen *pen, spil_word word)
{
    HTML(pen, "<p>");
    spil_say_word(pen, word, NULL, 0);
    HTML(pen, "</p>\n");
}

static void words(const spil_pen *pen)
{
    static const spil_word terms[][2] = {
        {SPIL_SAY_term_signal, SPIL_SAY_means_signal},
        {SPIL_SAY_term_proposal, SPIL_SAY_means_proposal},
        {SPIL_SAY_term_community, SPIL_SAY_means_community},
        {SPIL_SAY_term_chain, SPIL_SAY_means_chain},
        {SPIL_SAY_term_spil, SPIL_SAY_means_spil},
        {SPIL_SAY_term_stand_ins, SPIL_SAY_means_stand_ins},
        {SPIL_SAY_term_interval, SPIL_SAY_means_interval},
        {SPIL_SAY_term_sure, SPIL_SAY_means_sure},
        {SPIL_SAY_term_effect, SPIL_SAY_means_effect},
    };
    HTML(pen, "<h3>");
    WORD(pen, words_title);
    HTML(pen, "</h3>\n<dl class=\"words\">");
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        HTML(pen, "<dt>");
        spil_say_word(pen, terms[i][0], NULL, 0);
        HTML(pen, "</dt><dd>");
        spil_say_word(pen, terms[i][1], NULL, 0);
        HTML(pen, "</dd>\n");
    }
    HTML(pen, "</dl>\n");
}

static void how(const spil_pen *pen)
{
    static const spil_word steps[] = {
        SPIL_SAY_how_network, SPIL_SAY_how_community, SPIL_SAY_how_step,   SPIL_SAY_how_role,
        SPIL_SAY_how_chain,   SPIL_SAY_how_fall,      SPIL_SAY_how_action, SPIL_SAY_how_list};
    HTML(pen, "<h3>");
    WORD(pen, how_title);
    HTML(pen, "</h3>\n<ol class=\"how\">");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        HTML(pen, "<li>");
        spil_say_word(pen, steps[i], NULL, 0);
        HTML(pen, "</li>\n");
    }
    HTML(pen, "</ol>\n");
}

static void limits(const spil_pen *pen)
{
    static const spil_word items[] = {SPIL_SAY_limit_decision, SPIL_SAY_limit_unseen,
                                      SPIL_SAY_limit_record, SPIL_SAY_limit_assumed,
                                      SPIL_SAY_limit_traits};
    HTML(pen, "<h3>");
    WORD(pen, limits_title);
    HTML(pen, "</h3>\n<ul class=\"limits\">");
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        HTML(pen, "<li>");
        spil_say_word(pen, items[i], NULL, 0);
        HTML(pen, "</li>\n");
    }
    HTML(pen, "</ul>\n");
}

static void exactness(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    size_t sampled = 0;
    for (size_t i = 0; i < r->metric_count; i++)
        sampled += r->metrics[i].sampled;
    HTML(pen, "<h3>");
    WORD(pen, exact_title);
    HTML(pen, "</h3>\n");
    paragraph(pen, sampled ? SPIL_SAY_exact_others : SPIL_SAY_exact_all);
    if (sampled)
        HTML(pen, "<ul>");
    for (size_t i = 0; i < r->metric_count; i++) {
        const spil_result_metric *const m = &r->metrics[i];
        if (!m->sampled)
            continue;
        HTML(pen, "<li>");
        SAY(pen, exact_sampled, A_WORDS(m->label), A_PERCENT(m->confidence), A_NUMBER(m->error),
            A_COUNT(m->sure_ranks), A_PERCENT(m->top_error));
        HTML(pen, "</li>\n");
    }
    if (sampled)
        HTML(pen, "</ul>\n");
}

static void model_row(const spil_pen *pen, const spil_result_model *m)
{
    HTML(pen, "<tr><th scope=\"row\" class=\"cap\">");
    PART(pen, A_WORDS(m->names));
    HTML(pen, "</th>");
    spil_html_cell(pen, A_NAME(m->version));
    spil_html_cell(pen, *m->reviewed_by ? A_NAME(m->reviewed_by) : A_WORD(SPIL_SAY_nobody));
    spil_html_cell(pen, A_COUNT(m->step_count));
    spil_html_cell(pen, A_NUMBER(m->harm));
    spil_html_cell(pen, A_PERCENT(m->prior));
    HTML(pen, "<td class=\"n\">");
    SAY(pen, so_many_of, A_COUNT(m->assumed), A_COUNT(m->numbers));
    HTML(pen, "</td><td>");
    spil_html_digest(pen, m->digest);
    HTML(pen, "</td></tr>\n");
}

static void models(const spil_pen *pen)
{
    static const spil_column columns[] = {
        {SPIL_SAY_col_model, false},  {SPIL_SAY_col_version, false}, {SPIL_SAY_col_reviewed, false},
        {SPIL_SAY_col_steps, true},   {SPIL_SAY_col_harm, true},     {SPIL_SAY_col_prior, true},
        {SPIL_SAY_col_assumed, true}, {SPIL_SAY_col_digest, false}};
    const spil_result *const r = pen->result;
    HTML(pen, "<h3>");
    WORD(pen, models_title);
    HTML(pen, "</h3>\n");
    paragraph(pen, SPIL_SAY_models_intro);
    spil_html_table(pen, SPIL_SAY_models_title, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < r->model_count; i++)
        model_row(pen, &r->models[i]);
    spil_html_table_end(pen);
    for (size_t i = 0; i < r->model_count; i++) {
        HTML(pen, "<details><summary>");
        SAY(pen, model_sources, A_WORDS(r->models[i].names));
        HTML(pen, "</summary><ul>");
        for (size_t s = 0; s < r->models[i].source_count; s++) {
            HTML(pen, "<li>");
            PART(pen, A_NAME(r->models[i].sources[s].text));
            HTML(pen, "</li>");
        }
        HTML(pen, "</ul></details>\n");
    }
}

static void moved(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_col_number, false},
                                          {SPIL_SAY_col_places, true},
                                          {SPIL_SAY_col_stay, true},
                                          {SPIL_SAY_col_variance, true}};
    const spil_result *const r = pen->result;
    if (r->moved_count == 0) {
        HTML(pen, "<h3>");
        WORD(pen, moved_none_title);
        HTML(pen, "</h3>\n");
        paragraph(pen, SPIL_SAY_moved_none);
        return;
    }
    HTML(pen, "<h3>");
    WORD(pen, moved_title);
    HTML(pen, "</h3>\n");
    paragraph(pen, SPIL_SAY_moved_intro);
    spil_html_table(pen, SPIL_SAY_moved_title, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < r->moved_count; i++) {
        const spil_result_moved *const row = &r->moved[i];
        HTML(pen, "<tr><th scope=\"row\"><code>");
        spil_html_text(pen->out, row->number);
        HTML(pen, "</code></th>");
        spil_html_cell(pen, A_NUMBER(row->places));
        spil_html_cell(pen, A_PERCENT(row->kept));
        if (isnan(row->share))
            HTML(pen, "<td></td>");
        else
            spil_html_cell(pen, A_PERCENT(row->share));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
}

void spil_html_method(const spil_pen *pen)
{
    spil_html_section(pen, "method", SPIL_SAY_method_title);
    limits(pen);
    words(pen);
    how(pen);
    exactness(pen);
    models(pen);
    moved(pen);
    HTML(pen, "</section>\n</main>\n");
}

static void run_fact(const spil_pen *pen, spil_word term, const char *text)
{
    HTML(pen, "<div><dt>");
    spil_say_word(pen, term, NULL, 0);
    HTML(pen, "</dt><dd><code>");
    spil_html_text(pen->out, text);
    HTML(pen, "</code></dd></div>\n");
}

static void run_number(const spil_pen *pen, spil_word term, uint64_t number)
{
    HTML(pen, "<div><dt>");
    spil_say_word(pen, term, NULL, 0);
    spil_str_addf(pen->out, "</dt><dd><code>%llu</code></dd></div>\n", (unsigned long long)number);
}

void spil_html_colophon(const spil_pen *pen)
{
    const spil_result_run *const run = &pen->result->run;
    HTML(pen, "<footer class=\"colophon\"><h2>");
    WORD(pen, repeat_title);
    HTML(pen, "</h2>\n");
    paragraph(pen, SPIL_SAY_repeat);
    HTML(pen, "<dl class=\"run\">");
    run_fact(pen, SPIL_SAY_run_fingerprint, run->fingerprint);
    run_fact(pen, SPIL_SAY_run_input, run->input_digest);
    run_fact(pen, SPIL_SAY_run_options, run->options);
    run_number(pen, SPIL_SAY_run_seed, run->seed);
    run_number(pen, SPIL_SAY_run_draws, run->draws);
    run_fact(pen, SPIL_SAY_run_version, run->version);
    HTML(pen, "</dl>\n</footer>\n");
}
