# Spil: see README.md. One Makefile, no recursion; adding a source file needs no edit here.
# SPDX-License-Identifier: GPL-3.0-or-later

VERSION := 0.1.0
MODE    ?= release
B       ?= build/$(MODE)
PREFIX  ?= /usr/local
DESTDIR ?=
WERROR  ?=
OPENMP  ?= -fopenmp
# V=1 shows every command in full.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' '$(1)' '$(2)')
SUDO    := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
ifeq ($(origin CC),default)
CC := gcc
endif

PACKAGES := igraph gsl sqlite3 zlib jansson yaml-0.1 libsodium popt libutf8proc
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wundef -Wvla -Wformat=2 -Wpointer-arith -Wcast-qual -Wwrite-strings -Wswitch-enum \
        -Wdouble-promotion -Wno-overlength-strings
OPT_release := -O3 -g
OPT_debug   := -O0 -g3
OPT_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT_tsan    := -O1 -g -fsanitize=thread
OPT_cov     := -O0 -g --coverage
OPT_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer -DSPIL_FUZZING
CFLAGS   ?=
override CFLAGS += -std=c17 $(WARN) $(WERROR) $(OPT_$(MODE)) $(OPENMP) $(PKG_CFLAGS)
override CPPFLAGS += -D_POSIX_C_SOURCE=200809L -DSPIL_VERSION='"$(VERSION)"' \
        -DSPIL_DATADIR='"$(PREFIX)/share/spil"' -I. -I$(B)/gen -MMD -MP
LDLIBS := -lcsv -lxlsxwriter -lglpk -lical $(PKG_LIBS) -lm

LIB_SRC  := $(sort $(wildcard engine/*/*.c loaders/*.c reports/*.c))
CLI_SRC  := $(sort $(wildcard cli/*.c))
CLI_PART := $(filter-out cli/main.c,$(CLI_SRC))
GEN_SRC  := $(sort $(wildcard datasets/generate/*.c))
GEN_PART := $(filter-out datasets/generate/main.c,$(GEN_SRC))
TRIAL_SRC := $(sort $(wildcard bench/models/*.c))
TRIAL_PART := $(filter-out bench/models/main.c,$(TRIAL_SRC))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
HELP_SRC := $(sort $(wildcard tests/oracle/*.c tests/unit/t_*.c))
LIB   := $(B)/libspil.a
CLI_LIB := $(B)/libcli.a
BIN   := $(if $(filter build/release,$(B)),build,$(B))
PROG  := $(BIN)/spil
GENERATE := $(BIN)/spil-generate
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
UNITS := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%)
obj = $(1:%.c=$(B)/obj/%.o)

.DEFAULT_GOAL := all
all: $(LIB) $(if $(CLI_SRC),$(PROG)) $(if $(GEN_SRC),$(GENERATE)) ## build the program and the generator
.PHONY: all man deb help browser-test example example-options bench-models bench-scoring deps demo test unit replay cli-test fuzz asan tsan lint tidy format sizes clean install uninstall FORCE

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ---- packages: the uses build, test, ci and dev stand in packages.txt ----
USES ?= build test
deps: ## install the missing Debian packages (USES="build test ci dev")
	@command -v dpkg-query >/dev/null || { echo "no dpkg here: install the packages of packages.txt by hand" >&2; exit 0; }; \
	missing=$$(for use in $(USES); do awk -v use=$$use '$$1 !~ /^#/ && $$2 == use {print $$1}' packages.txt; done | \
	  while read -r p; do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	[ -z "$$missing" ] || { echo "installing:" $$missing; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; }

# ---- the two commands of the README ----
# They start make anew after installing, since pkg-config is asked when make starts.
DEMO := build/demo
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
demo: ## install what is missing, build, run the example region, show where the report lies
	@$(MAKE) --no-print-directory deps USES=build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(PROG) run $(DEMO)/case.db datasets/examples/region/*.csv --out $(DEMO)/report

test: ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(MAKE) --no-print-directory -j$(JOBS) unit
	@$(MAKE) --no-print-directory replay
	@$(MAKE) --no-print-directory cli-test

# ---- build ----
# Changed flags rebuild: the stamp is rewritten only when its text changes.
FLAGS := $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)
$(B)/flags: FORCE
	@mkdir -p $(@D); printf '%s\n' "$$FLAGS_TEXT" | cmp -s - $@ || printf '%s\n' "$$FLAGS_TEXT" > $@
export FLAGS_TEXT = $(FLAGS)

# Texts built into the program: x.sql -> gen/x.sql.inc, a C string a line.
TEXTS := $(wildcard engine/store/*.sql reports/templates/*)
INCS  := $(TEXTS:%=$(B)/gen/%.inc)
$(B)/gen/%.inc: %
	@mkdir -p $(@D)
	$(Q)sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' $< > $@

$(B)/obj/%.o: %.c $(B)/flags | $(INCS)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

$(LIB): $(call obj,$(LIB_SRC))
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(CLI_LIB): $(call obj,$(CLI_PART)) # for fuzz targets of files that commands read
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(PROG): $(call obj,$(CLI_SRC)) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(GENERATE): $(call obj,$(GEN_SRC)) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

-include $(patsubst %.o,%.d,$(call obj,$(LIB_SRC) $(CLI_SRC) $(GEN_SRC) $(UNIT_SRC) $(HELP_SRC) $(FUZZ_SRC)))

# ---- tests ----
$(B)/tests/%: $(B)/obj/tests/unit/%.o $(call obj,$(HELP_SRC) $(TRIAL_PART) $(GEN_PART)) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@

.PHONY: unit-programs
unit-programs: $(UNITS)
unit: $(UNITS) ## unit tests (UNIT=name for one)
	@tests/run-units $(if $(UNIT),$(B)/tests/test_$(UNIT),$(UNITS))

cli-test: all ## the program as a user sees it (CLI=name for one file)
	@SPIL=$(abspath $(PROG)) bats $(if $(CLI),tests/cli/$(CLI).bats,tests/cli)

browser-test: all ## report.html in a headless Chromium (make deps USES=browser; skips without)
	@SPIL=$(abspath $(PROG)) PYTHONDONTWRITEBYTECODE=1 python3 tests/browser/test_report.py

# ---- example data ----
EXAMPLE := datasets/examples/region
EXAMPLE_OPTIONS := --persons 300 --seed 6 --communities 4
example-options:
	@echo $(EXAMPLE_OPTIONS)
example: $(GENERATE) ## make the committed example region again (same bytes: see docs/example-data.md)
	$(GENERATE) --out $(EXAMPLE) $(EXAMPLE_OPTIONS) --models datasets/models

# ---- fuzzing: corpora are replayed in every build, libFuzzer needs clang ----
FUZZ_NAMES := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=%)
FUZZ ?= $(FUZZ_NAMES)
FUZZ_SECONDS ?= 60
$(B)/fuzz/replay_%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/obj/tests/fuzz/replay.o $(CLI_LIB) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(B)/fuzz/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(CLI_LIB) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer $^ $(LDLIBS) -o $@

replay: $(FUZZ_NAMES:%=$(B)/fuzz/replay_%) ## run the fuzz corpora once
	@for name in $(FUZZ_NAMES); do $(B)/fuzz/replay_$$name tests/fuzz/corpus/$$name || exit 1; done

# New inputs go to build/fuzz/found, crashes to build/fuzz/crash-*.
fuzz: ## fuzz each parser (FUZZ="native ..." FUZZ_SECONDS=60; clang)
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang OPENMP= $(FUZZ:%=build/fuzz/fuzz/fuzz_%)
	@for name in $(FUZZ); do mkdir -p build/fuzz/found/$$name && echo "fuzzing $$name" && \
	  build/fuzz/fuzz/fuzz_$$name -max_total_time=$(FUZZ_SECONDS) -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/crash-$$name- build/fuzz/found/$$name tests/fuzz/corpus/$$name \
	    2>build/fuzz/$$name.log || { tail -n 30 build/fuzz/$$name.log; exit 1; }; tail -n 7 build/fuzz/$$name.log; done

# ---- bench of models ----
BENCH_MODELS := $(B)/bench/models
$(BENCH_MODELS): $(call obj,$(TRIAL_SRC)) $(call obj,$(GEN_PART)) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
-include $(patsubst %.o,%.d,$(call obj,$(TRIAL_SRC)))

BENCH_PLANS := $(B)/bench/plans
PLANS_SRC := $(sort $(wildcard bench/plans/*.c))
$(BENCH_PLANS): $(call obj,$(PLANS_SRC)) $(call obj,$(TRIAL_PART)) $(call obj,$(GEN_PART)) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
-include $(patsubst %.o,%.d,$(call obj,$(PLANS_SRC)))

.PHONY: bench-plans
bench-plans: $(BENCH_PLANS) ## harm that plans of the same hours prevent: build/bench/plans/plans.json (BENCH_OPTIONS="--seeds 3")
	$(BENCH_PLANS) $(BENCH_OPTIONS)
bench-models: $(BENCH_MODELS) ## does the engine find what was planted: build/bench/models.json (BENCH_OPTIONS="--seeds 1")
	$(BENCH_MODELS) $(BENCH_OPTIONS)
bench-scoring: $(BENCH_MODELS) ## how long scoring takes, by draws and communities (SCORING_OPTIONS="--persons 56000")
	$(BENCH_MODELS) --scoring --persons 24000 --out build/bench/scoring $(SCORING_OPTIONS)

# ---- checks ----
asan: ## unit tests and fuzz corpora under AddressSanitizer, LeakSanitizer and UBSan
	ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory MODE=asan unit replay

# gcc's OpenMP library is not known to the race detector; clang's is, through archer.
tsan: ## unit tests under ThreadSanitizer (clang)
	OMP_NUM_THREADS=4 TSAN_OPTIONS="ignore_noninstrumented_modules=1" \
	OMP_TOOL_LIBRARIES=$$(ls /usr/lib/llvm-*/lib/libarcher.so | tail -n 1) \
	$(MAKE) --no-print-directory MODE=tsan CC=clang unit

C_FILES = $(shell git ls-files '*.c' '*.h' 2>/dev/null)
lint: ## layers, boundaries, headers alone, map of the folders, format
	awk -f tests/lint/layers.awk tests/lint/layers.txt $(filter-out tests/% bench/%,$(C_FILES))
	tests/lint/boundaries
	tests/lint/headers $(CC) $(filter-out -MMD -MP,$(CPPFLAGS)) $(CFLAGS)
	tests/lint/map
	@if clang-format --version 2>/dev/null | grep -q 'version 14'; then clang-format --dry-run -Werror $(C_FILES); \
	 else echo "lint: format is checked with clang-format 14 alone: skipped"; fi

tidy: ## clang-tidy over all sources (minutes)
	clang-tidy --quiet $(LIB_SRC) $(CLI_SRC) -- $(filter-out -MMD -MP,$(CPPFLAGS)) -std=c17 $(PKG_CFLAGS)

format: ## clang-format over all sources
	clang-format -i $(C_FILES)

sizes: ## the longest functions and files, as information
	@ctags -x --c-kinds=f --fields=+ne --_xformat='%{end} %n %N %F' $(C_FILES) | awk '{print $$1 - $$2 + 1, $$3, $$4}' | sort -rn | head -n 15
	@wc -l $(C_FILES) | sort -rn | sed -n 2,11p

# ---- install ----
# ---- manual pages: what --help says, as man(1) shows it ----
MAN := $(B)/man
man: $(PROG) ## manual pages of all commands, in $(MAN)
	@rm -rf $(MAN) && mkdir -p $(MAN)
	@$(PROG) help --man > $(MAN)/spil.1
	@for c in $$($(PROG) help --names); do $(PROG) $$c --help-man > $(MAN)/spil-$$c.1 || exit 1; done

install: all man ## install to PREFIX (DESTDIR is honoured)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/spil/models $(DESTDIR)$(PREFIX)/share/spil/mappings $(DESTDIR)$(PREFIX)/share/doc/spil
	install -m 755 $(PROG) $(GENERATE) $(DESTDIR)$(PREFIX)/bin
	install -m 644 datasets/models/*.yaml $(DESTDIR)$(PREFIX)/share/spil/models
	install -m 644 datasets/mappings/*.yaml $(DESTDIR)$(PREFIX)/share/spil/mappings
	install -m 644 README.md LICENSE CHANGELOG.md docs/*.md $(DESTDIR)$(PREFIX)/share/doc/spil
	install -d $(DESTDIR)$(PREFIX)/share/spil/disclosure $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -m 644 datasets/disclosure/*.yaml $(DESTDIR)$(PREFIX)/share/spil/disclosure
	install -m 644 $(MAN)/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	gzip -9nf $(DESTDIR)$(PREFIX)/share/man/man1/spil*.1
	install -m 644 cli/completions/spil.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/spil
	install -m 644 cli/completions/_spil $(DESTDIR)$(PREFIX)/share/zsh/site-functions

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/spil $(DESTDIR)$(PREFIX)/bin/spil-generate
	rm -rf $(DESTDIR)$(PREFIX)/share/spil $(DESTDIR)$(PREFIX)/share/doc/spil
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/spil.1.gz $(DESTDIR)$(PREFIX)/share/man/man1/spil-*.1.gz
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/spil $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_spil

# ---- a Debian package of this build, for the Debian it is made on ----
DEB := build/deb
deb: ## build/spil_VERSION_ARCH.deb
	@command -v dpkg-shlibdeps >/dev/null || $(MAKE) --no-print-directory deps USES="build package"
	@rm -rf $(DEB) && mkdir -p $(DEB)/root/DEBIAN $(DEB)/debian
	@$(MAKE) --no-print-directory -j$(JOBS) B=build/package PREFIX=/usr DESTDIR=$(CURDIR)/$(DEB)/root install >/dev/null
	@cp docs/spil-nightly.service docs/spil-nightly.timer $(DEB)/root/usr/share/doc/spil
	@strip $(DEB)/root/usr/bin/spil $(DEB)/root/usr/bin/spil-generate
	@printf 'Source: spil\n\nPackage: spil\nArchitecture: any\nDescription: x\n' > $(DEB)/debian/control
	@{ printf 'Package: spil\nVersion: %s\nArchitecture: %s\nMaintainer: The Spil founders <spil@localhost>\n' \
	     '$(VERSION)' "$$(dpkg --print-architecture)"; \
	   printf 'Section: science\nPriority: optional\nInstalled-Size: %s\nDepends: %s\n' \
	     "$$(du -sk $(DEB)/root/usr | cut -f1)" \
	     "$$(cd $(DEB) && dpkg-shlibdeps -O root/usr/bin/spil root/usr/bin/spil-generate 2>/dev/null | sed 's/^shlibs:Depends=//')"; \
	   printf 'Description: risk analysis of criminal networks\n'; \
	   printf ' Reads who is linked to whom, holds the communities in that network against barrier\n'; \
	   printf ' models, and proposes which intervention, by which partner, hurts them most.\n'; } > $(DEB)/root/DEBIAN/control
	@dpkg-deb --root-owner-group --build $(DEB)/root build >/dev/null
	@ls build/spil_*.deb

# ---- bench: speed and memory beside igraph and graph-tool, and what the machine can do ----
# ROWS="pagerank c igraph" for some rows: works, graphs, peers; BENCH_REPEATS=1 for a quick look.
ROWS ?=
BENCH_REPEATS ?= 5
BENCH_SRC := $(sort $(wildcard bench/*.c))
BENCH_PROGS := $(patsubst bench/%.c,build/bench/%,$(filter bench/bench_%,$(BENCH_SRC)))
build/bench/bench_%: $(B)/obj/bench/bench_%.o $(call obj,$(filter-out bench/bench_%,$(BENCH_SRC))) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
-include $(patsubst %.o,%.d,$(call obj,$(BENCH_SRC)))
.PHONY: bench bench-limit bench-resolution
bench-resolution: build/bench/bench_resolution ## does it find who is who: build/bench/resolution.json (BENCH_OPTIONS="--persons 20000 --large 0")
	build/bench/bench_resolution $(BENCH_OPTIONS)
bench: $(BENCH_PROGS) ## time the kernels beside their peers (ROWS="pagerank c"): build/bench/speed.json
	build/bench/bench_machine
	build/bench/bench_speed --repeats $(BENCH_REPEATS) $(ROWS)
	$(if $(ROWS),,build/bench/bench_communities --repeats $(BENCH_REPEATS) --append build/bench/speed.json leiden all)
bench-limit: build/bench/bench_limit ## how far each kernel is from the machine's limit, and how it grows (LIMIT="c pagerank")
	build/bench/bench_limit $(LIMIT)
.PHONY: bench-networks bench-choose
bench-networks: build/bench/bench_networks ## dismantling and hidden ties on known networks: build/bench/networks.json
	build/bench/bench_networks
bench-choose: build/bench/bench_choose ## a plan of 100,000 candidates, a curve of 1,000 removals (BENCH_OPTIONS=plan)
	build/bench/bench_choose $(BENCH_OPTIONS)
.PHONY: bench-programs
bench-programs: $(BENCH_PROGS) $(BENCH_MODELS) $(BENCH_PLANS) ## build what the benches run
.PHONY: bench-import
bench-import: all ## time an import beside sqlite3's: build/bench/import.json (BENCH_OPTIONS="--links 200000")
	bench/import $(BENCH_OPTIONS)
# ---- end of bench ----

clean: ## remove what was built
	rm -rf build

FORCE:
.SECONDARY:
