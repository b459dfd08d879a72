# Reads layers.txt, then sources: every quoted include must be of the own folder or of one allowed to it.
FNR == 1 {
    rules = (FILENAME ~ /layers\.txt$/)
    folder = FILENAME
    sub(/\/[^\/]*$/, "", folder)
}
rules {
    if ($0 !~ /^#/ && NF) {
        name = $1
        sub(/:$/, "", name)
        known[name] = 1
        for (i = 2; i <= NF; i++) may[name, $i] = 1
    }
    next
}
/^#include "/ {
    target = $2
    gsub(/"/, "", target)
    if (target !~ /\// || target ~ /\.inc$/) next # texts generated into the build folder
    sub(/\/[^\/]*$/, "", target)
    if (!(folder in known)) {
        printf "%s: folder '%s' is not in layers.txt\n", FILENAME, folder
        bad = 1
    } else if (target != folder && !((folder, target) in may)) {
        printf "%s:%d: %s may not include %s\n", FILENAME, FNR, folder, target
        bad = 1
    }
}
END { exit bad }
