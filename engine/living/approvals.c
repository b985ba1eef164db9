/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What roles have said about an assessment, and what that is worth for its
 * present content: valid, lapsed and by what, or missing. It makes no
 * approval; the rules for that stand in approve.c.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- as it was written --- */

fria_approval fria_approval_of(const json_t *record)
{
	const char *value = fria_json_text(record, "value");
	const json_t *scope = json_object_get(record, "scope");
	return (fria_approval){
	    .record = record,
	    .role = fria_json_text(record, "role"),
	    .kind = fria_role_kind_parse(fria_json_text(record, "kind")),
	    .said = fria_said_parse(value),
	    .value = value,
	    .by = fria_json_text(record, "by"),
	    .at = fria_json_text(record, "at"),
	    .content = fria_json_text(record, "content"),
	    .editorial = fria_json_text(record, "editorial"),
	    .note = fria_json_text(record, "note"),
	    .response = fria_json_text(record, "response"),
	    .valid_until = fria_json_text(record, "validUntil"),
	    .on_behalf_of = fria_json_text(record, "onBehalfOf"),
	    .reference = fria_json_text(record, "reference"),
	    .decided_on = fria_json_text(record, "decidedOn"),
	    .evidence = fria_json_text(record, "evidence"),
	    .phase = fria_phase_parse(fria_json_text(scope, "phase")),
	    .areas = json_object_get(scope, "area"),
	    .withdrawn = fria_is_withdrawn(record)};
}

static const json_t *list_of(const fria_approval *approval, const char *name)
{
	return json_object_get(approval->record, name);
}

size_t fria_conditions_count(const fria_approval *approval)
{
	return json_array_size(list_of(approval, "conditions"));
}

const char *fria_condition_at(const fria_approval *approval, size_t i)
{
	const json_t *one = json_array_get(list_of(approval, "conditions"), i);
	const char *text = json_string_value(one);
	return text ? text : fria_json_text(one, "text");
}

size_t fria_residuals_count(const fria_approval *approval)
{
	return json_array_size(list_of(approval, "risks"));
}

fria_residual fria_residual_at(const fria_approval *approval, size_t i)
{
	const json_t *one = json_array_get(list_of(approval, "risks"), i);
	return (fria_residual){
	    .row = fria_json_text(one, "row"),
	    .text = fria_json_text(one, "text"),
	    .reason = fria_json_text(one, "reason"),
	    .accepted = json_is_true(json_object_get(one, "accepted"))};
}

/* Takes the record. */
static fria_approval *add_approval(fria_approvals *out, json_t *record)
{
	out->records = out->records ? out->records : json_array();
	json_array_append_new(out->records, record);
	fria_approval *own = FRIA_PUSH(out);
	*own = fria_approval_of(record);
	return own;
}

static bool is_approval(const json_t *record)
{
	return fria_json_text(record, "role") && fria_json_text(record, "kind");
}

/* What it is worth is judged, not read. */
void fria_approvals_read(fria_approvals *out, const json_t *list)
{
	size_t i;
	json_t *one;
	*out = (fria_approvals){NULL, 0, NULL};
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		if (!is_approval(one))
			continue;
		json_t *record = json_deep_copy(one);
		json_object_del(record, "state");
		json_object_del(record, "because");
		add_approval(out, record);
	}
}

static void read_state(fria_approval *out)
{
	const json_t *why;
	size_t i;
	for (fria_approval_state s = FRIA_APPROVAL_VALID;
	     s <= FRIA_APPROVAL_MISSING; s++)
		if (fria_json_says(out->record, "state",
				   fria_approval_state_id(s)))
			out->state = s;
	json_array_foreach(json_object_get(out->record, "because"), i, why) {
		for (fria_lapse_kind k = FRIA_LAPSE_FACT;
		     k <= FRIA_LAPSE_UNREACHED; k++) {
			const char *key = fria_lapse_key(k);
			if (fria_json_says(why, "kind", fria_lapse_id(k)))
				fria_lapse_add(&out->because, k,
					       key ? fria_json_text(why, key)
						   : NULL);
		}
	}
}

void fria_approvals_kept(fria_approvals *out, const json_t *list)
{
	size_t i;
	json_t *one;
	*out = (fria_approvals){NULL, 0, NULL};
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
		if (is_approval(one))
			read_state(add_approval(out, json_incref(one)));
}

void fria_lapses_dispose(fria_lapses *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].what);
	free(list->items);
	*list = (fria_lapses){NULL, 0};
}

void fria_approvals_dispose(fria_approvals *approvals)
{
	for (size_t i = 0; i < approvals->n; i++)
		fria_lapses_dispose(&approvals->items[i].because);
	free(approvals->items);
	json_decref(approvals->records);
	*approvals = (fria_approvals){NULL, 0, NULL};
}

void fria_approval_digest(char out[FRIA_DIGEST_SIZE],
			  const fria_approval *approval)
{
	fria_digest(out, approval->record);
}

/* --- what it says --- */

bool fria_approval_against(const fria_approval *approval)
{
	return approval->said == FRIA_SAID_NEGATIVE ||
	       approval->said == FRIA_SAID_DISAGREE;
}

bool fria_approval_forbids(const fria_approval *approval)
{
	return approval->said == FRIA_SAID_NOT_USE ||
	       approval->said == FRIA_SAID_STOP;
}

bool fria_approval_replaced(const fria_approval *approval)
{
	for (size_t i = 0; i < approval->because.n; i++)
		if (approval->because.items[i].kind == FRIA_LAPSE_REPLACED)
			return true;
	return false;
}

bool fria_is_recorded(const fria_approval *a)
{
	return a->by && a->on_behalf_of &&
	       !fria_is_person(a->by, a->on_behalf_of);
}

const char *fria_approval_kind_say(const fria_approval *approval,
				   fria_lang lang)
{
	const char *id = fria_json_text(approval->record, "kind");
	const char *word = fria_closed_say("kind", id, lang);
	return word ? word : id ? id : "";
}

const char *fria_approval_value_say(const fria_approval *approval,
				    fria_lang lang)
{
	const char *word = approval->editorial
			       ? fria_word_text(FRIA_W_value_editorial, lang)
			       : fria_said_say(approval->said, lang);
	return word ? word : approval->value ? approval->value : "";
}

/* --- what it is worth, and why it lapsed, in words --- */

static const struct {
	const char *id;
	fria_word word;
} states[] = {[FRIA_APPROVAL_VALID] = {"valid", FRIA_W_approval_valid},
	      [FRIA_APPROVAL_LAPSED] = {"lapsed", FRIA_W_approval_lapsed},
	      [FRIA_APPROVAL_RETURNED] = {"returned", FRIA_W_value_returned},
	      [FRIA_APPROVAL_MISSING] = {"missing", FRIA_W_approval_missing}};

/* How an approval lapsed, and by what: "answer changed: {what}". */
static const struct {
	const char *id, *key;
	fria_word how, why;
} lapses[] = {
    [FRIA_LAPSE_FACT] = {"fact", "pointer", FRIA_W_approval_lapsed,
			 FRIA_W_lapsed_fact},
    [FRIA_LAPSE_ANSWER] = {"answer", "task", FRIA_W_approval_lapsed,
			   FRIA_W_lapsed_answer},
    [FRIA_LAPSE_EVIDENCE] = {"evidence", "name", FRIA_W_approval_lapsed,
			     FRIA_W_lapsed_evidence},
    [FRIA_LAPSE_QUESTION] = {"instrument", "task", FRIA_W_approval_lapsed,
			     FRIA_W_lapsed_question},
    [FRIA_LAPSE_LOGIC] = {"logic", NULL, FRIA_W_approval_lapsed,
			  FRIA_W_lapsed_logic},
    [FRIA_LAPSE_ADVICE] = {"advice", "role", FRIA_W_approval_overtaken,
			   FRIA_W_lapsed_advice},
    [FRIA_LAPSE_EXPIRED] = {"expired", "date", FRIA_W_approval_expired,
			    FRIA_W_lapsed_expired},
    [FRIA_LAPSE_REPLACED] = {"replaced", "role", FRIA_W_approval_replaced,
			     FRIA_W_lapsed_replaced},
    [FRIA_LAPSE_WITHDRAWN] = {"withdrawn", "role", FRIA_W_approval_withdrawn,
			      FRIA_W_lapsed_withdrawn},
    [FRIA_LAPSE_UNFOUNDED] = {"unfounded", "content", FRIA_W_approval_unfounded,
			      FRIA_W_lapsed_unfounded},
    [FRIA_LAPSE_UNREACHED] = {"unreached", "content", FRIA_W_approval_unreached,
			      FRIA_W_lapsed_unreached}};

const char *fria_approval_state_id(fria_approval_state state)
{
	return states[state].id;
}

const char *fria_lapse_id(fria_lapse_kind kind)
{
	return lapses[kind].id;
}

const char *fria_lapse_key(fria_lapse_kind kind)
{
	return lapses[kind].key;
}

fria_word fria_lapsed_word(const fria_lapses *because)
{
	return because->n ? lapses[because->items[0].kind].how
			  : FRIA_W_approval_lapsed;
}

static fria_word word_of(const fria_lapse *lapse)
{
	if (!lapse->what && lapse->kind == FRIA_LAPSE_EVIDENCE)
		return FRIA_W_lapsed_some_evidence;
	if (!lapse->what && lapse->kind == FRIA_LAPSE_QUESTION)
		return FRIA_W_diff_because_instrument;
	return lapses[lapse->kind].why;
}

static const char *what_of(const fria_lapse *lapse, fria_lang lang)
{
	if (!lapse->what)
		return "";
	if (lapse->kind == FRIA_LAPSE_FACT)
		return fria_fact_title(lapse->what, lang);
	return lapse->kind == FRIA_LAPSE_EVIDENCE
		   ? fria_evidence_own(lapse->what)
		   : lapse->what;
}

/* Of one kind together, with how many; and which, if they are no more than
 * `most`. */
static void say_lapses(fria_buf *out, const fria_lapses *because, bool *told,
		       size_t most, fria_lang lang, bool buttons)
{
	size_t start = out->n;
	for (size_t i = 0; i < because->n; i++) {
		fria_word word = word_of(&because->items[i]);
		fria_buf what = FRIA_BUF_INIT;
		size_t count = 0;
		if (told[i])
			continue;
		for (size_t k = i; k < because->n; k++) {
			const fria_lapse *one = &because->items[k];
			if (told[k] || word_of(one) != word)
				continue;
			told[k] = true;
			fria_buf_printf(&what, count++ ? ", %s" : "%s",
					what_of(one, lang));
		}
		fria_buf_puts(out, out->n > start ? "; " : "");
		fria_say(out, lang, word, "what", what.n ? what.text : "",
			 "count", FRIA_DIGITS(count), "buttons",
			 buttons ? "1" : NULL, NULL);
		if (count <= most && (word == FRIA_W_lapsed_fact ||
				      word == FRIA_W_lapsed_answer))
			fria_buf_printf(out, ": %s", what.text);
		fria_buf_dispose(&what);
	}
}

void fria_lapses_say(fria_buf *out, const fria_lapses *because, bool *told,
		     fria_lang lang, bool buttons)
{
	say_lapses(out, because, told, because->n, lang, buttons);
}

void fria_lapsed_say(fria_buf *out, const fria_approvals *approvals,
		     const char *role, fria_lang lang, bool buttons)
{
	const fria_approval *last = NULL;
	for (size_t i = 0; i < approvals->n; i++) {
		const fria_approval *one = &approvals->items[i];
		if (!strcmp(one->role, role) &&
		    one->state != FRIA_APPROVAL_MISSING)
			last = one;
	}
	if (!last || last->state != FRIA_APPROVAL_LAPSED)
		return;
	bool *told = fria_calloc(last->because.n + 1, sizeof *told);
	fria_buf_puts(out, " (");
	fria_say(out, lang, fria_lapsed_word(&last->because), NULL);
	fria_buf_puts(out, last->because.n ? ": " : "");
	say_lapses(out, &last->because, told, 3, lang, buttons);
	fria_buf_putc(out, ')');
	free(told);
}

/* --- roles --- */

const char *fria_role_title(const json_t *roles, const char *role,
			    fria_lang lang)
{
	const char *title = fria_text(
	    json_object_get(json_object_get(roles, role), "title"), lang);
	return title ? title : role;
}

/* Whether a text is one of the names of a role: its id, its title in either
 * language, or what else it is called. */
static bool is_called(const char *id, const json_t *about, const char *text)
{
	const json_t *title = json_object_get(about, "title");
	const char *names[] = {id, fria_text(title, FRIA_NL),
			       fria_text(title, FRIA_EN)};
	bool found = false;
	size_t i;
	json_t *one;
	for (i = 0; i < 3; i++)
		found = found || (names[i] && fria_words_alike(names[i], text));
	json_array_foreach(json_object_get(about, "also"), i, one)
		found =
		    found || (json_is_string(one) &&
			      fria_words_alike(json_string_value(one), text));
	return found;
}

int fria_role_read(const char **out, const json_t *roles, const char *text,
		   fria_lang lang, fria_error *err)
{
	fria_strings giving = FRIA_STRINGS_INIT;
	const char *id, *found = NULL;
	json_t *about;
	json_object_foreach((json_t *)(uintptr_t)roles, id, about) {
		if (fria_json_text(about, "kind"))
			fria_strings_add(&giving,
					 fria_role_title(roles, id, lang));
		if (!strcmp(id, text) || (!found && is_called(id, about, text)))
			found = id;
	}
	int code = found ? 0
			 : fria_fail_choices(err, FRIA_ENOTFOUND,
					     giving.n ? FRIA_W_approve_no_role
						      : FRIA_W_approve_no_roles,
					     &giving, text);
	if (found)
		*out = found;
	fria_strings_dispose(&giving);
	return code;
}

static bool names(const json_t *list, const char *text)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) {
		const char *own = json_string_value(one);
		if (own && text && !strcmp(own, text))
			return true;
	}
	return false;
}

/* True if fria.json asks this role for a word on this instrument, in the
 * phase that the application is in (an unknown phase asks for all). */
static bool fria_role_required(const json_t *role, const fria_instrument *in,
			       const json_t *application)
{
	const json_t *instruments = json_object_get(role, "instruments");
	const json_t *phases = json_object_get(role, "phases");
	const char *phase =
	    json_string_value(fria_fact(application, "/use/phase"));
	return json_is_true(json_object_get(role, "required")) &&
	       (!instruments || names(instruments, in->id)) &&
	       (!phases || !phase || names(phases, phase));
}

/* --- why an approval lapsed --- */

void fria_lapse_add(fria_lapses *list, fria_lapse_kind kind, const char *what)
{
	*FRIA_PUSH(list) = (fria_lapse){kind, fria_strdup(what)};
}

/* Members of one part that differ; only those on both sides (evidence comes and
 * goes with the answer that points at it), or any. */
static void compare_part(fria_lapses *list, const json_t *was,
			 const json_t *now, const char *part,
			 fria_lapse_kind kind)
{
	bool both = kind == FRIA_LAPSE_QUESTION || kind == FRIA_LAPSE_EVIDENCE;
	json_t *old = json_object_get(was, part);
	json_t *new = json_object_get(now, part), *value;
	const char *name;
	json_object_foreach(new, name, value) {
		json_t *before = json_object_get(old, name);
		if (before ? !json_equal(before, value) : !both)
			fria_lapse_add(list, kind, name);
	}
	json_object_foreach(old, name, value)
		if (!both && !json_object_get(new, name))
			fria_lapse_add(list, kind, name);
}

void fria_lapses_find(fria_lapses *list, const json_t *was, const json_t *now)
{
	const char *instrument = fria_json_text(was, "instrument");
	compare_part(list, was, now, "facts", FRIA_LAPSE_FACT);
	compare_part(list, was, now, "answers", FRIA_LAPSE_ANSWER);
	compare_part(list, was, now, "evidence", FRIA_LAPSE_EVIDENCE);
	if (fria_json_says(now, "instrument", instrument))
		compare_part(list, was, now, "questions", FRIA_LAPSE_QUESTION);
	else
		fria_lapse_add(list, FRIA_LAPSE_QUESTION, NULL);
	if (fria_logic_moved(was, now))
		fria_lapse_add(list, FRIA_LAPSE_LOGIC, NULL);
}

static void explain_content(fria_lapses *list, const fria_approval *approval,
			    content_present *present)
{
	const fria_evaluation_input *in = present->in;
	const char *content = approval->content;
	fria_time moment = 0;
	fria_rules rules;
	json_t *was = NULL;
	if (approval->at)
		fria_time_parse(&moment, approval->at);
	if (in->content_was && content && fria_content_rules(&rules, content))
		was = in->content_was(in->data, content, moment);
	if (was)
		fria_lapses_find(list, was,
				 content_present_for(present, approval));
	json_decref(was);
}

/* --- the state of each --- */

typedef struct {
	const fria_evaluation_input *in;
	fria_evaluation *out;
	fria_approvals *all;
	content_present *present;
	json_t *contents; /* a set */
	struct {
		size_t *items; /* of which the content was compared */
		size_t n;
	} explained;
} judging;

/* Of an edition of the questionnaire that asked the same; the present one is
 * known not to be it. */
static bool is_of_edition(const judging *a, const fria_approval *approval)
{
	fria_rules rules;
	const json_t *present = !approval->withdrawn && approval->content
				    ? content_present_for(a->present, approval)
				    : NULL;
	return present && fria_content_rules(&rules, approval->content) &&
	       present != content_present_by(a->present, rules) &&
	       fria_content_is(present, approval->content, rules, a->in->ids);
}

/* A later word of the same role is on the present content. */
static bool has_later(const judging *a, size_t at)
{
	for (size_t i = at + 1; i < a->all->n; i++) {
		const fria_approval *one = &a->all->items[i];
		if (!strcmp(one->role, a->all->items[at].role) &&
		    one->content && json_object_get(a->contents, one->content))
			return true;
	}
	return false;
}

/*
 * The digests of the present content, also as an edition before asked for it,
 * and of each earlier one that somebody agreed says the same in other words.
 */
static void find_contents(judging *a)
{
	size_t before;
	a->contents = json_object();
	for (size_t i = 0; a->in->name && i < a->all->n; i++)
		content_is_present(a->present, a->all->items[i].content);
	for (size_t r = 0; r < FRIA_RULES; r++) {
		const fria_strings *names = &a->present->names[r];
		for (size_t i = 0; i < names->n; i++)
			json_object_set_new(a->contents, names->items[i],
					    json_true());
	}
	for (size_t i = a->all->n; a->in->name && i-- > 0;) {
		const fria_approval *one = &a->all->items[i];
		if (one->content &&
		    !json_object_get(a->contents, one->content) &&
		    !has_later(a, i) && is_of_edition(a, one))
			json_object_set_new(a->contents, one->content,
					    json_true());
	}
	do {
		before = json_object_size(a->contents);
		for (size_t i = 0; i < a->all->n; i++) {
			const fria_approval *one = &a->all->items[i];
			if (!one->editorial || !one->content ||
			    one->withdrawn ||
			    json_object_get(a->contents, one->editorial) ||
			    !json_object_get(a->contents, one->content))
				continue;
			if (fria_editorial_claim(a->in, one) ==
			    FRIA_CLAIM_HOLDS)
				json_object_set_new(a->contents, one->editorial,
						    json_true());
		}
	} while (json_object_size(a->contents) > before);
}

static bool is_expired(const fria_approval *approval, fria_time as_of)
{
	fria_time day;
	return approval->valid_until &&
	       fria_time_parse(&day, approval->valid_until) &&
	       as_of >= day + 86400;
}

static bool is_later(const fria_approval *a, const fria_approval *b)
{
	fria_time x = 0, y = 0;
	return a->at && b->at && fria_time_parse(&x, a->at) &&
	       fria_time_parse(&y, b->at) && x > y;
}

/* Approvals of the same content lapsed through the same. */
static void explain_once(judging *a, size_t at)
{
	fria_approval *own = &a->all->items[at];
	for (size_t i = 0; own->content && i < a->explained.n; i++) {
		const fria_approval *known =
		    &a->all->items[a->explained.items[i]];
		if (strcmp(known->content, own->content) != 0)
			continue;
		for (size_t k = 0; k < known->because.n; k++)
			fria_lapse_add(&own->because,
				       known->because.items[k].kind,
				       known->because.items[k].what);
		return;
	}
	explain_content(&own->because, own, a->present);
	if (own->content)
		*FRIA_PUSH(&a->explained) = at;
}

static bool is_about_present(const judging *a, const fria_approval *approval)
{
	return approval->content &&
	       json_object_get(a->contents, approval->content);
}

/* A role's later word on the same content takes the place of its earlier
 * one; views stand beside each other. */
static bool is_replaced(const judging *a, size_t at)
{
	const fria_approval *own = &a->all->items[at];
	if (own->kind == FRIA_ROLE_VIEW || own->editorial)
		return false;
	for (size_t i = 0; i < a->all->n; i++) {
		const fria_approval *other = &a->all->items[i];
		if (i == at || other->withdrawn || other->editorial ||
		    strcmp(other->role, own->role) != 0 ||
		    !is_about_present(a, other))
			continue;
		if (is_later(other, own) || (i > at && !is_later(own, other)))
			return true;
	}
	return false;
}

/* True if somebody agreed that a content is the present one in other words,
 * and history here does not reach it. */
static bool is_out_of_reach(const judging *a, const char *content)
{
	for (size_t i = 0; content && i < a->all->n; i++) {
		const fria_approval *one = &a->all->items[i];
		if (one->editorial && !strcmp(one->editorial, content) &&
		    is_about_present(a, one) &&
		    fria_editorial_claim(a->in, one) == FRIA_CLAIM_UNKNOWN)
			return true;
	}
	return false;
}

/* What an approval says of other words must be so. */
static void judge_claim(const judging *a, fria_approval *own)
{
	if (!own->editorial)
		return;
	fria_claim claim = fria_editorial_claim(a->in, own);
	if (claim != FRIA_CLAIM_HOLDS)
		fria_lapse_add(&own->because,
			       claim == FRIA_CLAIM_UNKNOWN
				   ? FRIA_LAPSE_UNREACHED
				   : FRIA_LAPSE_UNFOUNDED,
			       own->editorial);
}

static void set_state(judging *a, size_t at)
{
	fria_approval *own = &a->all->items[at];
	bool holds = is_about_present(a, own);
	/* What was taken back or said again needs no search in history. */
	if (own->withdrawn)
		fria_lapse_add(&own->because, FRIA_LAPSE_WITHDRAWN, own->role);
	else if (is_replaced(a, at))
		fria_lapse_add(&own->because, FRIA_LAPSE_REPLACED, own->role);
	else if (!holds && is_out_of_reach(a, own->content))
		fria_lapse_add(&own->because, FRIA_LAPSE_UNREACHED,
			       own->content);
	else if (!holds)
		explain_once(a, at);
	else if (is_expired(own, a->in->as_of))
		fria_lapse_add(&own->because, FRIA_LAPSE_EXPIRED,
			       own->valid_until);
	if (holds)
		judge_claim(a, own);
	own->state = !holds || own->because.n	       ? FRIA_APPROVAL_LAPSED
		     : own->said == FRIA_SAID_RETURNED ? FRIA_APPROVAL_RETURNED
						       : FRIA_APPROVAL_VALID;
}

/* A decision was taken on certain advices; one that it did not have lapses
 * it. */
static void bind_advices(const judging *a, fria_approval *decision)
{
	const json_t *bound = json_object_get(decision->record, "advices");
	for (size_t i = 0; bound && i < a->all->n; i++) {
		const fria_approval *one = &a->all->items[i];
		char digest[FRIA_DIGEST_SIZE];
		if (one->kind != FRIA_ROLE_ADVICE ||
		    one->state != FRIA_APPROVAL_VALID)
			continue;
		fria_approval_digest(digest, one);
		if (!names(bound, digest))
			fria_lapse_add(&decision->because, FRIA_LAPSE_ADVICE,
				       one->role);
	}
	if (decision->because.n)
		decision->state = FRIA_APPROVAL_LAPSED;
}

static void judge(judging *a)
{
	for (size_t i = 0; i < a->all->n; i++)
		set_state(a, i);
	for (size_t i = 0; i < a->all->n; i++) {
		fria_approval *one = &a->all->items[i];
		if (one->kind == FRIA_ROLE_DECISION &&
		    one->state == FRIA_APPROVAL_VALID)
			bind_advices(a, one);
	}
}

/* A role that says no has not given what is asked of it. */
static bool has_given(const fria_approvals *all, const char *role,
		      fria_role_kind kind)
{
	for (size_t i = 0; i < all->n; i++) {
		const fria_approval *one = &all->items[i];
		if (!strcmp(one->role, role) &&
		    one->state == FRIA_APPROVAL_VALID && one->kind == kind &&
		    !one->editorial && one->said != FRIA_SAID_DISAGREE)
			return true;
	}
	return false;
}

static void add_missing(judging *a)
{
	const char *role;
	json_t *about;
	json_object_foreach((json_t *)(uintptr_t)a->in->roles, role, about) {
		const char *kind = fria_json_text(about, "kind");
		kind = kind ? kind : fria_role_kind_id(FRIA_ROLE_AGREEMENT);
		if (!fria_role_required(about, a->in->instrument,
					a->in->application) ||
		    has_given(a->all, role, fria_role_kind_parse(kind)))
			continue;
		add_approval(a->all,
			     fria_json_pack("{s:s, s:s, s:n}", "role", role,
					    "kind", kind, "value"))
		    ->state = FRIA_APPROVAL_MISSING;
	}
}

/* The last word counts, and a word against use before any other. */
static void find_decision(fria_evaluation *out)
{
	for (size_t i = 0; i < out->approvals.n; i++) {
		const fria_approval *one = &out->approvals.items[i];
		bool against = fria_approval_forbids(one);
		if (one->kind != FRIA_ROLE_DECISION ||
		    one->state != FRIA_APPROVAL_VALID ||
		    (out->against && !against))
			continue;
		out->decision = one;
		out->against = against;
	}
}

void fria_approvals_evaluate(fria_evaluation *out, content_present *present)
{
	const fria_evaluation_input *in = present->in;
	judging a = {
	    .in = in, .out = out, .all = &out->approvals, .present = present};
	fria_approvals_read(a.all,
			    json_object_get(in->assessment, "approvals"));
	find_contents(&a);
	judge(&a);
	if (!out->superseded)
		add_missing(&a);
	find_decision(out);
	if (!out->superseded)
		fria_eyes_evaluate(out, in);
	json_decref(a.contents);
	free(a.explained.items);
}

/* --- risks that nobody may accept, unless by name --- */

static bool accepts(const fria_approval *decision, const char *row)
{
	for (size_t i = 0; i < fria_residuals_count(decision); i++) {
		const fria_residual one = fria_residual_at(decision, i);
		if (one.row && !strcmp(one.row, row) && one.accepted)
			return true;
	}
	return false;
}

bool fria_risks_accepted(const fria_evaluation *out,
			 const fria_evaluation_input *in,
			 const fria_acceptable *acceptable)
{
	const char *key = acceptable->rows, *level = acceptable->level;
	const fria_approval *decision = out->decision;
	if (!key || !level || !decision ||
	    !fria_json_says(json_object_get(in->roles, decision->role),
			    "accepts", level))
		return false;
	for (size_t i = 0; i < out->scores.n; i++) {
		const fria_score *one = &out->scores.items[i];
		if (!strcmp(one->of->key, key) && one->row &&
		    fria_score_step(one) >= acceptable->from &&
		    !accepts(decision, one->row))
			return false;
	}
	return true;
}
