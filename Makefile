# Spil: see README.md. One Makefile, no recursion; adding a source file needs no edit here.
# SPDX-License-Identifier: GPL-3.0-or-later

VERSION := 0.1.0
MODE    ?= release
B       ?= build/$(MODE)
PREFIX  ?= /usr/local
DESTDIR ?=
WERROR  ?=
OPENMP  ?= -fopenmp
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
OPT_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-omit-frame-pointer
CFLAGS   ?=
override CFLAGS += -std=c17 $(WARN) $(WERROR) $(OPT_$(MODE)) $(OPENMP) $(PKG_CFLAGS)
override CPPFLAGS += -D_POSIX_C_SOURCE=200809L -DSPIL_VERSION='"$(VERSION)"' \
        -DSPIL_DATADIR='"$(PREFIX)/share/spil"' -I. -I$(B)/gen -MMD -MP
LDLIBS := -lcsv $(PKG_LIBS) -lm

LIB_SRC  := $(sort $(wildcard engine/*/*.c loaders/*.c reports/*.c))
CLI_SRC  := $(sort $(wildcard cli/*.c))
GEN_SRC  := $(sort $(wildcard datasets/generate/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
HELP_SRC := $(sort $(wildcard tests/oracle/*.c tests/unit/t_*.c))
LIB   := $(B)/libspil.a
PROG  := $(if $(filter release,$(MODE)),build/spil,$(B)/spil)
GENERATE := $(if $(filter release,$(MODE)),build/spil-generate,$(B)/spil-generate)
UNITS := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%)
obj = $(1:%.c=$(B)/obj/%.o)

.DEFAULT_GOAL := all
all: $(LIB) $(if $(CLI_SRC),$(PROG)) $(if $(GEN_SRC),$(GENERATE)) ## build the program and the generator
.PHONY: all help deps demo test unit cli-test replay asan lint format clean install FORCE

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ---- packages: the uses build, test, dev and bench stand in packages.txt ----
USES ?= build test
deps: ## install the missing Debian packages (USES="build test dev bench")
	@missing=$$(for use in $(USES); do awk -v use=$$use '$$1 !~ /^#/ && $$2 == use {print $$1}' packages.txt; done | \
	  while read -r p; do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; fi

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
	sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' $< > $@

$(B)/obj/%.o: %.c $(B)/flags | $(INCS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

$(LIB): $(call obj,$(LIB_SRC))
	rm -f $@ && $(AR) rcs $@ $^

$(PROG): $(call obj,$(CLI_SRC)) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(GENERATE): $(call obj,$(GEN_SRC)) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

-include $(patsubst %.o,%.d,$(call obj,$(LIB_SRC) $(CLI_SRC) $(GEN_SRC) $(UNIT_SRC) $(HELP_SRC)))

# ---- tests ----
$(B)/tests/%: $(B)/obj/tests/unit/%.o $(call obj,$(HELP_SRC)) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@

unit: $(UNITS) ## unit tests (UNIT=name for one)
	@tests/run-units $(if $(UNIT),$(B)/tests/test_$(UNIT),$(UNITS))

clean: ## remove what was built
	rm -rf build

FORCE:
.SECONDARY:
