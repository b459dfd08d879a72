/* rows.c - see rows.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/rows.h"

/* The place after the last row; 0: there is none. */
static long end_of_rows(FILE *file)
{
    long end = 0;
    for (int c; (c = fgetc(file)) != EOF;)
        if (c == '}')
            end = ftell(file);
    return end;
}

bool bench_rows_open(bench_rows *out, const char *path, bool append)
{
    FILE *file = append ? fopen(path, "r+") : NULL;
    const long end = file ? end_of_rows(file) : 0;
    if (file && (end == 0 || fseek(file, end, SEEK_SET) != 0)) {
        fclose(file);
        file = NULL;
    }
    *out = (bench_rows){file ? file : fopen(path, "w"), file != NULL};
    if (out->file && !out->later)
        fputs("[", out->file);
    if (!out->file)
        perror(path);
    return out->file;
}

static bool falls_short(const bench_row *r)
{
    return (r->goal > 0 && r->peers > 0 && r->peers < r->goal * r->ours) ||
           (r->goal_s > 0 && r->ours > r->goal_s) ||
           (r->peers_quality > 0 && r->ours_quality < r->peers_quality);
}

void bench_rows_heading(void)
{
    printf("# %-44s %-2s %-16s %10s %10s %8s %8s  %7s %9s %9s\n", "work", "", "peer", "ours s|MB",
           "peer s|MB", "ratio", "goal", "differ", "our cpu", "their cpu");
}

static void figure(FILE *file, const char *name, double value, bool known)
{
    if (known)
        fprintf(file, ", \"%s\": %.6g", name, value);
    else
        fprintf(file, ", \"%s\": null", name);
}

/* The texts are our own: no quotes in them. */
void bench_rows_add(bench_rows *rows, const bench_row *r)
{
    FILE *const file = rows->file;
    const bool peer = r->peers > 0, ours = r->ours > 0;
    const double unit = r->bytes ? 1e-6 : 1, ratio = peer && ours ? r->peers / r->ours : 0;
    const char *const note =
        falls_short(r) ? r->reason ? r->reason : "short of the goal; not known why" : r->remark;
    printf("%-46s %-2s %-16s %10.4g %10.4g %8.2f %8.4g  %7.1e %9.4g %9.4g%s%s\n", r->work, r->graph,
           r->peer, r->ours * unit, r->peers * unit, ratio, r->goal, r->differ, r->ours_cpu,
           r->peers_cpu, falls_short(r) ? "  SHORT" : "",
           r->goal_s > 0 ? "  (the goal is a time)" : "");
    fflush(stdout);
    fprintf(file, "%s\n  {\"work\": \"%s\", \"graph\": \"%s\", \"peer\": \"%s\"",
            rows->later ? "," : "", r->work, r->graph, r->peer);
    rows->later = true;
    figure(file, r->bytes ? "ours_bytes" : "ours_s", r->ours, ours);
    figure(file, r->bytes ? "peer_bytes" : "peer_s", r->peers, peer);
    figure(file, "ratio", ratio, peer && ours);
    figure(file, "goal", r->goal, r->goal > 0);
    figure(file, "goal_s", r->goal_s, r->goal_s > 0);
    figure(file, "ours_cpu_s", r->ours_cpu, r->ours_cpu > 0);
    figure(file, "peer_cpu_s", r->peers_cpu, r->peers_cpu > 0);
    figure(file, "ours_quality", r->ours_quality, r->ours_quality > 0);
    figure(file, "peer_quality", r->peers_quality, r->peers_quality > 0);
    figure(file, "differ", r->differ, peer);
    fprintf(file, ", \"note\": \"%s\", \"command\": \"%s\"}", note ? note : "", r->command);
    fflush(file);
}

bool bench_rows_close(bench_rows *rows)
{
    fputs("\n]\n", rows->file);
    return fclose(rows->file) == 0;
}
