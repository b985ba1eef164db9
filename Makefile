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
ENGINE := \
	engine/living/blocks.c engine/living/diff.c \
	engine/living/diff_align.c engine/living/diff_answers.c \
	engine/living/diff_json.c engine/living/diff_records.c \
	engine/living/diff_say.c engine/living/diff_standing.c \
	engine/living/fold.c engine/living/plain.c engine/living/prose.c \
	engine/living/script.c engine/workflow/setup_git.c \
	engine/base/buffer.c engine/base/date.c engine/base/embedded.c \
	engine/base/error.c engine/base/file.c engine/base/finding.c \
	engine/base/memory.c engine/base/process.c engine/base/text.c \
	engine/base/words.c engine/data/canonical.c engine/data/digest.c \
	engine/data/expression.c engine/data/expression_functions.c \
	engine/data/expression_lex.c engine/data/expression_tree.c \
	engine/data/expression_value.c \
	engine/data/json.c engine/data/markdown.c \
	engine/data/markdown_text.c engine/data/places.c engine/data/pointer.c \
	engine/data/schema.c engine/data/schema_compile.c \
	engine/data/schema_format.c engine/data/schema_members.c \
	engine/data/schema_pattern.c engine/data/schema_values.c \
	engine/data/yaml.c engine/data/yaml_scalar.c \
	engine/model/application.c engine/model/assessment.c \
	engine/model/calculation.c \
	engine/model/facts.c engine/model/instrument.c \
	engine/model/instrument_check.c engine/model/instrument_merge.c \
	engine/model/instrument_order.c \
	engine/model/instrument_registry.c \
	engine/model/value.c engine/living/siblings.c \
	engine/living/basis.c engine/living/content.c \
	engine/living/editorial.c engine/living/elements.c \
	engine/living/migrate.c engine/living/migrate_value.c \
	engine/living/evaluate.c engine/living/monitoring.c \
	engine/living/redact.c engine/living/scores.c engine/living/suspect.c \
	engine/living/merge.c engine/living/merge_answers.c \
	engine/living/merge_json.c engine/living/merge_lists.c \
	engine/living/merge_order.c \
	engine/living/evaluation_json.c \
	engine/living/visible.c engine/store/commit.c engine/store/follow.c \
	engine/store/history.c \
	engine/store/journal.c engine/store/merge.c engine/store/read.c \
	engine/store/refs.c engine/store/stop.c engine/store/store.c \
	engine/store/tags.c engine/store/write.c engine/exchange/register.c \
	engine/store/touched.c \
	engine/workflow/migrate.c \
	engine/workflow/act.c engine/workflow/adopt.c \
	engine/workflow/characteristics.c engine/workflow/gate.c \
	engine/workflow/release_check.c \
	engine/workflow/changes.c engine/workflow/check.c \
	engine/workflow/conflicts.c engine/workflow/follow.c \
	engine/workflow/merge.c \
	engine/workflow/confirm.c engine/workflow/create.c \
	engine/workflow/edit.c engine/workflow/excerpt.c engine/workflow/editing.c engine/workflow/form.c \
	engine/workflow/history.c engine/workflow/import.c \
	engine/workflow/log.c \
	engine/workflow/portfolio.c engine/workflow/present.c \
	engine/workflow/init.c engine/workflow/publish.c \
	engine/workflow/record.c engine/workflow/release.c \
	engine/workflow/save.c engine/workflow/siblings.c engine/workflow/snapshot.c \
	engine/workflow/sync.c engine/workflow/transport.c \
	engine/workflow/undo.c engine/workflow/withhold.c \
	engine/workflow/workspace.c \
	engine/report/answers.c engine/report/changes.c \
	engine/report/document.c engine/report/fields.c \
	engine/report/fill.c engine/report/html.c \
	engine/report/markdown.c engine/report/picture_graph.c \
	engine/report/picture_matrix.c engine/report/picture_progress.c \
	engine/report/record.c \
	engine/report/standing.c engine/report/svg.c \
	engine/report/template.c \
	engine/report/tree.c

CLI := \
	cli/cmd_migrate.c \
	cli/cmd_setup_git.c cli/pager.c cli/show_diff.c \
	cli/certificates.c cli/cmd_answer.c cli/cmd_app.c cli/cmd_diff.c \
	cli/cmd_evaluate.c \
	cli/cmd_gate.c cli/cmd_init.c cli/cmd_instrument.c cli/cmd_merge.c cli/cmd_release.c \
	cli/cmd_log.c \
	cli/cmd_report.c cli/cmd_status.c cli/cmd_sync.c cli/cmd_withhold.c cli/input.c cli/main.c cli/options.c cli/output.c

# Embedded in the binary, found by these names.
SCHEMAS := \
	schemas/migration.schema.json \
	schemas/application.schema.json schemas/assessment.schema.json \
	schemas/diff.schema.json schemas/entry.schema.json \
	schemas/evaluation.schema.json schemas/finding.schema.json \
	schemas/gate.schema.json \
	schemas/instrument.schema.json schemas/log.schema.json schemas/release.schema.json \
	schemas/rights.schema.json \
	schemas/status.schema.json schemas/sync.schema.json \
	schemas/workspace.schema.json
EMBED := \
	assessments/instruments/fria-1.0.json \
	assessments/instruments/iama-1.0.json \
	assessments/instruments/iama-2.0.json \
	assessments/instruments/start-1.0.json assessments/rights.json \
	$(sort $(wildcard assessments/templates/*.md)) \
	engine/data/metaschema.json engine/report/report.css $(SCHEMAS)

UNIT := \
	tests/unit/test_alarm.c tests/unit/test_base.c \
	tests/unit/test_data.c tests/unit/test_diff.c tests/unit/test_expression.c \
	tests/unit/test_fria.c tests/unit/test_history.c tests/unit/test_living.c tests/unit/test_merge.c \
	tests/unit/test_model.c tests/unit/test_prescan.c \
	tests/unit/test_properties.c \
	tests/unit/test_migrate.c \
	tests/unit/test_schema.c tests/unit/test_store.c \
	tests/unit/test_template.c \
	tests/unit/test_yaml.c
BATS ?= tap
CLI_TESTS := tests/cli/sync.bats tests/cli/merge.bats tests/cli/migrate.bats tests/cli/story.bats tests/cli/release.bats tests/cli/input.bats \
	tests/cli/diff.bats tests/cli/report.bats tests/cli/examples.bats

MAN := cli/man/fria.1 cli/man/fria-documents.5 cli/man/fria-template.5

SOURCES := $(wildcard engine/*/*.[ch] engine/*.h cli/*.[ch] tests/unit/*.c)
OBJECTS := $(ENGINE:%.c=$(BUILD)/%.o)
UNIT_BINS := $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)

.PHONY: all deps demo test unit cli cases reference web bench lint format golden install clean
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
	@FRIA="$(RUN) $(CURDIR)/$(BUILD)/fria" bats --formatter $(BATS) $(CLI_TESTS)

cases: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@sh tools/cases.sh check $(BUILD)

golden: $(BUILD)/fria $(BUILD)/unit/test_alarm
	@sh tools/cases.sh golden $(BUILD)

web: $(BUILD)/fria tests/web/node_modules
	@sh tools/demo.sh $(BUILD)/fria assessments/examples/straatafval \
		$(BUILD)/web/workspace > $(BUILD)/web.log
	@node tests/web/schemas.mjs $(BUILD)/web/workspace $(BUILD)/fria
	@node tests/web/pages.mjs $(BUILD)/web/workspace $(BUILD)/fria

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
	mandoc -Tlint -W warning $(MAN)
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
		--enable=warning,portability --suppress=missingIncludeSystem \
		--suppress=varFuncNullUB --suppress=ctuuninitvar \
		-D'json_array_foreach(a,i,v)=while((i=next_of(a))&&(v=item_of(a,i)))' \
		-D'json_object_foreach(o,k,v)=while((k=key_of(o))&&(v=value_of(o)))' \
		-DFRIA_VERSION='""' engine cli
	clang-tidy --quiet $(ENGINE) $(CLI) -- -std=c11 -D_GNU_SOURCE \
		-DFRIA_VERSION='""'

format:
	clang-format -i $(SOURCES)

install: all
	install -D -m 755 $(BUILD)/fria $(DESTDIR)$(PREFIX)/bin/fria
	for page in $(MAN); do install -D -m 644 $$page \
		$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || \
		exit 1; done

clean:
	rm -rf build
