# SPDX-License-Identifier: EUPL-1.2
# fria: `make demo` shows it at work, `make test` proves it. Both install what
# is missing. SAN=1 and VALGRIND=1 run the same tests another way.

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
export FRIA_WORLDS := 40
endif

CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wconversion -Werror
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -DFRIA_VERSION='"$(VERSION)"' $(WARN) \
	$(CFLAGS) $(SANFLAGS)
LIBS := -lgit2 -ljansson -lcmark-gfm-extensions -lcmark-gfm -lfyaml \
	-lpcre2-8 -lutf8proc -lm

# --- what is built -----------------------------------------------------------
ENGINE := $(sort $(wildcard engine/*/*.c))

CLI := $(sort $(wildcard cli/*.c))

# Embedded in the binary, found by these names.
SCHEMAS := $(sort $(wildcard schemas/*.schema.json))
EMBED := \
	$(sort $(wildcard assessments/instruments/*.json)) \
	assessments/rights.json assessments/roles.json \
	$(sort $(wildcard assessments/templates/*.md)) \
	engine/data/metaschema.json engine/report/report.css $(SCHEMAS)

UNIT := $(sort $(wildcard tests/unit/test_*.c))
BATS ?= tap
CLI_TESTS := $(sort $(wildcard tests/cli/*.bats))

MAN := $(sort $(wildcard cli/man/*.[15]))

SOURCES := $(wildcard engine/*/*.[ch] engine/*.h cli/*.[ch] tests/unit/*.[ch] tests/cli/*.c)
OBJECTS := $(ENGINE:%.c=$(BUILD)/%.o)
UNIT_BINS := $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)

.PHONY: all deps demo test unit cli cases reference web bench lint format golden install uninstall deb clean
all: $(BUILD)/fria

$(BUILD)/embedded_data.c: tools/embed.sh $(EMBED)
	@mkdir -p $(@D)
	sh tools/embed.sh $(EMBED) > $@.new && mv $@.new $@

$(BUILD)/embedded_data.o: $(BUILD)/embedded_data.c
	@$(CC) -c -o $@ $<

$(BUILD)/libfria.a: $(OBJECTS) $(BUILD)/embedded_data.o
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/fria: $(CLI:%.c=$(BUILD)/%.o) $(BUILD)/libfria.a
	@echo LD $@
	@$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo CC $<
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libfria.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfria.a -lcmocka $(LIBS)

-include $(OBJECTS:.o=.d) $(CLI:%.c=$(BUILD)/%.d) $(UNIT_BINS:%=%.d)

# --- what people run -----------------------------------------------------------
deps:
	@sh tools/deps.sh

demo: deps
	@$(MAKE) --no-print-directory all
	@sh tools/demo.sh $(BUILD)/fria assessments/examples/straatafval \
		$(BUILD)/demo/workspace

# The pages and schemas are looked at once, in the plain run.
test: deps
	@$(MAKE) --no-print-directory unit cli $(if $(SAN)$(VALGRIND),,cases reference web)

unit: $(UNIT_BINS)
	@for test in $(UNIT_BINS); do $(RUN) $$test || exit 1; done

cli: $(BUILD)/fria
	@mkdir -p $(BUILD)/cli-report
	@FRIA="$(RUN) $(CURDIR)/$(BUILD)/fria" bats --formatter $(BATS) \
		--report-formatter tap --output $(BUILD)/cli-report $(CLI_TESTS) || \
	{ echo; echo "What failed:"; \
	awk '/^(not )?ok /{failed=/^not/} failed' \
		$(BUILD)/cli-report/report.tap; exit 1; }

cases: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@sh tools/cases.sh check $(BUILD)

golden: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@sh tools/cases.sh golden $(BUILD)

web: $(BUILD)/fria tests/web/node_modules
	@sh tools/demo.sh $(BUILD)/fria assessments/examples/straatafval \
		$(BUILD)/web/workspace > $(BUILD)/web.log
	@node tests/web/schemas.mjs $(BUILD)/web/workspace $(BUILD)/fria
	@sh tests/web/portfolio.sh $(BUILD)/fria assessments/examples \
		$(BUILD)/web/portfolio > $(BUILD)/web.log 2>&1 || \
		{ cat $(BUILD)/web.log; exit 1; }
	@node tests/web/pages.mjs $(BUILD)/web/workspace \
		$(BUILD)/web/portfolio $(BUILD)/fria

PRESCAN := $(or $(REFERENCE_DIR),../shared/reference)/par-dpia-form/prescan.yaml
# Our expressions against the reference implementation's.
reference: $(BUILD)/unit/test_expression $(BUILD)/unit/test_prescan tests/reference/node_modules
	@node tests/reference/expressions.mjs > $(BUILD)/expressions.json
	@$(BUILD)/unit/test_expression $(BUILD)/expressions.json
	@if [ -e "$(PRESCAN)" ]; then \
		$(BUILD)/unit/test_prescan "$(PRESCAN)" > $(BUILD)/prescan.json && \
		node tests/reference/prescan.mjs $(BUILD)/prescan.json; \
	else echo "skipped: the pre-scan is not in the reference folder"; fi

tests/%/node_modules: tests/%/package-lock.json
	@sh tools/deps.sh web
	cd tests/$* && npm ci --loglevel=error --no-audit --no-fund
	@touch $@

# Figures against the targets; REGISTER=folder runs the whole register too.
bench: $(BUILD)/fria $(BUILD)/floor
	@sh tools/deps.sh bench
	@REGISTER=$(REGISTER) sh tests/bench/bench.sh $(BUILD)

$(BUILD)/floor: tests/bench/floor.c
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -o $@ $< -lgit2 -ljansson

lint:
	@sh tools/deps.sh lint
	clang-format --dry-run -Werror $(SOURCES)
	sh tools/layers.sh
	sh tools/words.sh
	mandoc -Tlint -W warning $(MAN)
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
		--enable=warning,portability --suppress=missingIncludeSystem \
		--suppress=varFuncNullUB --suppress=ctuuninitvar \
		-D'json_array_foreach(a,i,v)=while((i=next_of(a))&&(v=item_of(a,i)))' \
		-D'json_object_foreach(o,k,v)=while((k=key_of(o))&&(v=value_of(o)))' \
		-DFRIA_VERSION='""' engine cli
	printf '%s\n' $(ENGINE) $(CLI) | xargs -n 4 -P "$$(nproc)" sh -c \
		'clang-tidy --quiet "$$@" -- -std=c11 -D_GNU_SOURCE \
		-DFRIA_VERSION="\"\""' lint

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
