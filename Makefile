# SPDX-License-Identifier: EUPL-1.2
# fria: `make demo` shows it at work, `make test` proves it, `make test-rest`
# proves what takes long. They install what is missing. SAN=1 and VALGRIND=1 run
# the same tests another way.

CC ?= cc
PREFIX ?= /usr/local
VERSION := $(shell cat VERSION)

ifdef SAN
BUILD := build/san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined
export LSAN_OPTIONS := suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0
else
BUILD := build
SANFLAGS :=
endif
ifdef VALGRIND
RUN := valgrind -q --suppressions=$(CURDIR)/tests/valgrind.supp \
	--error-exitcode=99 --leak-check=full
FRIA_SEEDS ?= 5
endif

# The workplace listens by libmicrohttpd, found when it is asked for; built
# without it there is no `serve`.
SERVE := $(shell pkg-config --exists libmicrohttpd && echo yes)

CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wconversion -Werror
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -I$(BUILD) $(if $(SERVE),-DFRIA_SERVE) \
	$(WARN) $(CFLAGS) $(SANFLAGS)
LIBS := -lgit2 -ljansson -lcmark-gfm-extensions -lcmark-gfm -lfyaml \
	-lpcre2-8 -lutf8proc -lz -lm

# --- what is built -----------------------------------------------------------
ENGINE := $(sort $(wildcard engine/*/*.c))

CLI := $(sort $(wildcard cli/*.c cli/serve/*.c))
ifeq ($(SERVE),)
CLI := $(filter-out cli/cmd_serve.c cli/serve/listen.c,$(CLI))
endif

# Embedded in the binary, found by these names.
SCHEMAS := $(sort $(wildcard schemas/*.schema.json))
# Of the example that the workplace shows.
SHOWN := entry release-1.0 release-1.1 release-check-1.1
EMBED := \
	$(sort $(wildcard assessments/instruments/*.json)) \
	assessments/law.json assessments/rights.json assessments/roles.json \
	$(sort $(wildcard assessments/templates/*.md)) \
	engine/data/metaschema.json $(SCHEMAS) \
	engine/document/document.css engine/document/picture.svg engine/document/symbols.svg \
	cli/serve/serve.css cli/serve/work.js cli/serve/fria.svg \
	$(SHOWN:%=assessments/examples/straatafval/%.json) \
	$(sort $(wildcard assessments/examples/straatafval/iama/answers/*.md \
		assessments/examples/straatafval/iama/answers/*/*.json)) \
	assessments/examples/straatafval/iama/meetings.txt \
	assessments/examples/straatafval/iama/approvals.txt

UNIT := $(sort $(wildcard tests/unit/test_*.c))
CLI_TESTS := $(sort $(wildcard tests/cli/*.bats))

MAN := $(sort $(wildcard cli/man/*.[15]))

SOURCES := $(wildcard engine/*/*.[ch] engine/*.h cli/*.[ch] cli/serve/*.[ch] tests/unit/*.[ch] tests/cli/*.c \
	tests/faults/*.[ch])
OBJECTS := $(ENGINE:%.c=$(BUILD)/%.o)
UNIT_BINS := $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)

.PHONY: all deps test-deps demo serve picture test test-rest unit cli cases reference web bench kills faults lint format golden install uninstall deb clean
all: $(BUILD)/fria

# The ids of the sentences apart: who mends a sentence compiles one file again.
WORDS := engine/base/words.def $(wildcard engine/base/words/*.def)
$(BUILD)/words_ids.h: $(WORDS)
	@mkdir -p $(@D)
	@for file in $$(sed -n 's|^#include "\(.*\)"|engine/base/\1|p' $<); do \
		sed -n 's/^WORD(\([a-z0-9_]*\),.*/FRIA_W_\1,/p' $$file; done >$@.new
	@cmp -s $@.new $@ || cp $@.new $@
$(BUILD)/fria_version.h: VERSION
	@mkdir -p $(@D)
	@printf '#define FRIA_VERSION "%s"\n' $(VERSION) >$@
# What the lines of the law are called, for who shows what rests on them.
$(BUILD)/law_lines.h: assessments/law.json
	@mkdir -p $(@D)
	@awk -f tools/law_lines.awk $< >$@.new && mv $@.new $@
MADE := $(BUILD)/words_ids.h $(BUILD)/fria_version.h $(BUILD)/law_lines.h
$(OBJECTS) $(CLI:%.c=$(BUILD)/%.o) $(UNIT_BINS): | $(MADE)

$(BUILD)/embedded_data.c: tools/embed.sh Makefile $(EMBED)
	@mkdir -p $(@D)
	sh tools/embed.sh $(EMBED) > $@.new && mv $@.new $@

$(BUILD)/embedded_data.o: $(BUILD)/embedded_data.c
	@$(CC) -c -o $@ $<

# Tests see what is inside the library; who links it sees fria_... alone.
$(BUILD)/parts.a: $(OBJECTS) $(BUILD)/embedded_data.o
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/libfria.a: $(OBJECTS) $(BUILD)/embedded_data.o
	@rm -f $@
	@$(LD) -r -o $(BUILD)/fria.o $^
	@objcopy --wildcard --keep-global-symbol='fria_*' $(BUILD)/fria.o
	@ar rcs $@ $(BUILD)/fria.o

$(BUILD)/fria: $(CLI:%.c=$(BUILD)/%.o) $(BUILD)/libfria.a
	@echo LD $@
	@$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
	@rm -rf $(TAP)/kept

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo CC $<
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The pages of the workplace, which know no socket.
PAGES := $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/listen.c,$(wildcard cli/serve/*.c)))
$(BUILD)/unit/test_serve $(BUILD)/unit/test_places $(BUILD)/unit/test_hostile: $(PAGES)
$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/parts.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $(filter %.c %.o,$^) $(BUILD)/parts.a -lcmocka $(LIBS)

-include $(OBJECTS:.o=.d) $(CLI:%.c=$(BUILD)/%.d) $(UNIT_BINS:%=%.d)

# --- what people run -----------------------------------------------------------
deps:
	@sh tools/deps.sh

demo: deps
	@$(MAKE) --no-print-directory all
	@sh tools/demo.sh $(BUILD)/fria assessments/examples/straatafval \
		$(BUILD)/demo/workspace

# The workplace of the demo, in the browser.
serve: demo
	@$(BUILD)/fria -C $(BUILD)/demo/workspace serve

# The picture in the README, made again where the page has changed; chromium.
picture: $(BUILD)/fria
	sh tools/picture.sh $< assessments/examples/straatafval \
		assessments/examples/straatafval/release-1.1.png

# --- tests --------------------------------------------------------------------
# Quick is what everybody runs all the time. The rest takes long: the tests in
# tests/cli that are tagged `rest`, every case of the seeded unit tests, and
# what is held to other implementations: schemas, expressions, and the pages in a
# browser. Each test is a target of its own, so that make runs them side by side;
# what it says, in TAP, is kept in $(BUILD)/tap.
FRIA_SEEDS ?= 10
SEEDED := $(shell grep -lE '"(seeds|judged).h"' tests/unit/test_*.c)
TAGGED := $(shell grep -l 'bats test_tags=rest' tests/cli/*.bats)
PLAIN := $(if $(SAN)$(VALGRIND),,yes)

QUICK_CLI := $(CLI_TESTS:tests/cli/%.bats=quick/%.bats)
QUICK_UNIT := $(UNIT:tests/unit/%.c=quick/%)
QUICK := $(QUICK_CLI) $(QUICK_UNIT)
REST := $(if $(PLAIN),rest/web rest/reference rest/cases) \
	$(TAGGED:tests/cli/%.bats=rest/%.bats) \
	$(SEEDED:tests/unit/%.c=rest/%)

TAP := $(BUILD)/tap
told = sh tools/tap.sh run $(TAP) $@
bats = FRIA="$(strip $(RUN) $(CURDIR)/$(BUILD)/fria)" FRIA_KEPT="$(CURDIR)/$(TAP)/kept" \
	bats --tap tests/cli/$(@F)
# $(call run_all,TARGETS): each of them, whatever the others found, and the sum
run_all = rm -rf $(TAP); \
	$(MAKE) --no-print-directory -k $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$$(nproc)) \
		$(1) && trouble= || trouble=yes; \
	rm -rf $(TAP)/kept; \
	sh tools/tap.sh sum $(TAP) $(1) && [ -z "$$trouble" ]

test: test-deps
	@$(call run_all,$(QUICK))
test-rest: test-deps
	@$(call run_all,$(REST))
test-deps:
	@sh tools/deps.sh test
unit:
	@$(call run_all,$(QUICK_UNIT))
cli:
	@$(call run_all,$(QUICK_CLI))

.PHONY: $(QUICK) $(REST)
$(QUICK_UNIT): quick/%: $(BUILD)/unit/%
	@CMOCKA_MESSAGE_OUTPUT=TAP FRIA_SEEDS=$(FRIA_SEEDS) $(told) $(RUN) $<
$(SEEDED:tests/unit/%.c=rest/%): rest/%: $(BUILD)/unit/%
	@CMOCKA_MESSAGE_OUTPUT=TAP FRIA_SEEDS=100 $(told) $(RUN) $<
$(QUICK_CLI): $(BUILD)/fria
	@FRIA_SEEDS=$(FRIA_SEEDS) $(told) env $(bats) --filter-tags '!rest'
$(TAGGED:tests/cli/%.bats=rest/%.bats): $(BUILD)/fria
	@FRIA_SEEDS=100 $(told) env $(bats) --filter-tags rest
rest/cases: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@$(told) sh tools/cases.sh check $(BUILD)
rest/reference: $(BUILD)/unit/test_expression $(BUILD)/unit/test_prescan tests/reference/node_modules
	@$(told) sh tests/reference/reference.sh $(BUILD)
rest/web: $(BUILD)/fria tests/web/node_modules
	@$(told) sh tests/web/web.sh $(BUILD)

# Every writing command with every call gone wrong; a sample is in
# tests/cli/faults.bats. ROOMS: where it is tried, best in memory.
ROOMS := $(if $(wildcard /dev/shm),/dev/shm,$(BUILD))/fria-faults
faults: $(BUILD)/fria $(BUILD)/faults/driver $(BUILD)/faults/inject.so
	@rm -rf $(ROOMS) && bash tests/faults/rooms.sh $(BUILD)/fria $(ROOMS)
	@$(BUILD)/faults/driver $(BUILD)/fria $(BUILD)/faults/inject.so \
		$(ROOMS) && rm -rf $(ROOMS)

DRIVER := $(filter-out %/inject.c,$(wildcard tests/faults/*.c))
$(BUILD)/faults/driver: $(DRIVER) $(wildcard tests/faults/*.h)
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -o $@ $(DRIVER) -lgit2

# No sanitiser: it is loaded into programs that have none.
$(BUILD)/faults/inject.so: tests/faults/inject.c tests/faults/faults.h
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O1 -shared -fPIC -o $@ $< -ldl

cases: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@sh tools/cases.sh check $(BUILD)

golden: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@sh tools/cases.sh golden $(BUILD)

web: $(BUILD)/fria tests/web/node_modules
	@sh tests/web/web.sh $(BUILD)

# Our expressions against the reference implementation's.
reference: $(BUILD)/unit/test_expression $(BUILD)/unit/test_prescan tests/reference/node_modules
	@sh tests/reference/reference.sh $(BUILD)

tests/%/node_modules: tests/%/package-lock.json
	@sh tools/deps.sh test
	cd tests/$* && npm ci --loglevel=error --no-audit --no-fund
	@touch $@

# Three hundred saves on a page in the midst of which the workers are killed.
kills: $(BUILD)/fria
	@KILLS=300 KILL_SEED=$$(date +%j) FRIA=$(CURDIR)/$(BUILD)/fria \
		bats -f 'at any of many moments' tests/cli/serve.bats

# Figures against the targets; REGISTER=folder runs the whole register too,
# BEFORE=folder compares with the program that was built from older sources.
bench: $(BUILD)/fria $(BUILD)/floor
	@sh tools/deps.sh bench
	@REGISTER=$(REGISTER) BEFORE=$(BEFORE) sh tests/bench/bench.sh $(BUILD)

$(BUILD)/floor: tests/bench/floor.c
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -o $@ $< -lgit2 -ljansson

lint: $(BUILD)/fria
	@sh tools/deps.sh lint
	clang-format --dry-run -Werror $(SOURCES)
	BUILD=$(BUILD) sh tools/layers.sh
	sh tools/words.sh
	mandoc -Tlint -W warning $(MAN)
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
		--enable=warning,portability --suppress=missingIncludeSystem \
		--suppress=varFuncNullUB --suppress=ctuuninitvar \
		-D'json_array_foreach(a,i,v)=while((i=next_of(a))&&(v=item_of(a,i)))' \
		-D'json_object_foreach(o,k,v)=while((k=key_of(o))&&(v=value_of(o)))' \
		-I$(BUILD) engine cli
	printf '%s\n' $(ENGINE) $(CLI) | xargs -n 4 -P "$$(nproc)" sh -c \
		'clang-tidy --quiet "$$@" -- -std=c11 -D_GNU_SOURCE \
		-I$(BUILD)' lint

format:
	clang-format -i $(SOURCES)

install: all
	sh tools/install.sh $(BUILD) "$(DESTDIR)" "$(PREFIX)" \
		"$(strip $(LIBS) $(SANFLAGS))"

uninstall:
	sh tools/install.sh --remove "$(DESTDIR)" "$(PREFIX)"

# The same, as a Debian package in build/.
deb: all
	@sh tools/deps.sh deb
	sh tools/deb.sh $(BUILD) "$(LIBS)"

clean:
	rm -rf build
