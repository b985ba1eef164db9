/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What roles have said about an assessment, and what that is worth for its
 * present content: valid, lapsed and by what, or missing. It makes no
 * approval; the rules for that stand in approve.c.
 */
#include "living_internal.h"

#include <string.h>

/* --- words --- */

typedef struct {
	const char *id;
	fria_word word;
} named;

static bool find_word(fria_word *out, const named *all, size_t n,
		      const char *id)
{
	for (size_t i = 0; id && i < n; i++)
		if (!strcmp(all[i].id, id)) {
			*out = all[i].word;
			return true;
		}
	return false;
}

bool fria_approval_kind_word(fria_word *out, const char *kind)
{
	return fria_closed_word(out, "kind", kind);
}

bool fria_approval_against(const json_t *approval)
{
	return fria_json_says(approval, "value", "negative") ||
	       fria_json_says(approval, "value", "disagree");
}

bool fria_approval_returned(const json_t *approval)
{
	return fria_json_says(approval, "value", "returned");
}

bool fria_is_recorded(const json_t *approval)
{
	const char *by = fria_json_text(approval, "by");
	const char *whose = fria_json_text(approval, "onBehalfOf");
	return by && whose && !fria_is_person(by, whose);
}

bool fria_approval_value_word(fria_word *out, const char *value)
{
	const char *kind;
	for (size_t i = 0; (kind = fria_closed_at("kind", i)); i++)
		if (fria_closed_word(out, kind, value))
			return true;
	return false;
}

fria_word fria_lapsed_word(const json_t *because)
{
	static const named all[] = {{"expired", FRIA_W_approval_expired},
				    {"advice", FRIA_W_approval_overtaken},
				    {"replaced", FRIA_W_approval_replaced},
				    {"withdrawn", FRIA_W_approval_withdrawn},
				    {"unfounded", FRIA_W_approval_unfounded},
				    {"unreached", FRIA_W_approval_unreached}};
	fria_word word = FRIA_W_approval_lapsed;
	find_word(&word, all, sizeof all / sizeof *all,
		  fria_json_text(json_array_get(because, 0), "kind"));
	return word;
}

bool fria_approval_state_word(fria_word *out, const json_t *approval)
{
	static const named all[] = {{"valid", FRIA_W_approval_valid},
				    {"returned", FRIA_W_value_returned},
				    {"missing", FRIA_W_approval_missing}};
	const char *state = fria_json_text(approval, "state");
	if (!state || strcmp(state, "lapsed") != 0)
		return find_word(out, all, sizeof all / sizeof *all, state);
	*out = fria_lapsed_word(json_object_get(approval, "because"));
	return true;
}

const char *fria_approval_value_say(const json_t *approval, fria_lang lang)
{
	const char *value = fria_json_text(approval, "value");
	fria_word word;
	if (json_object_get(approval, "editorial"))
		return fria_word_text(FRIA_W_value_editorial, lang);
	return fria_approval_value_word(&word, value)
		   ? fria_word_text(word, lang)
		   : (value ? value : "");
}

const char *fria_role_title(const json_t *roles, const char *role,
			    fria_lang lang)
{
	const char *title = fria_text(
	    json_object_get(json_object_get(roles, role), "title"), lang);
	return title ? title : role;
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
		if (!strcmp(id, text) ||
		    (!found &&
		     (fria_words_alike(id, text) ||
		      fria_words_alike(fria_role_title(roles, id, FRIA_NL),
				       text) ||
		      fria_words_alike(fria_role_title(roles, id, FRIA_EN),
				       text))))
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

static const char *because_kind(const json_t *because)
{
	const char *kind = fria_json_text(because, "kind");
	return kind ? kind : "";
}

void fria_lapse_say(fria_buf *out, const json_t *because, fria_lang lang)
{
	static const named all[] = {{"fact", FRIA_W_lapsed_fact},
				    {"answer", FRIA_W_lapsed_answer},
				    {"evidence", FRIA_W_lapsed_evidence},
				    {"instrument", FRIA_W_lapsed_question},
				    {"logic", FRIA_W_lapsed_logic},
				    {"advice", FRIA_W_lapsed_advice},
				    {"expired", FRIA_W_lapsed_expired},
				    {"replaced", FRIA_W_lapsed_replaced},
				    {"withdrawn", FRIA_W_lapsed_withdrawn},
				    {"unfounded", FRIA_W_lapsed_unfounded},
				    {"unreached", FRIA_W_lapsed_unreached}};
	const char *pointer = fria_json_text(because, "pointer");
	const char *what = fria_json_text(because, "task");
	const char *name = fria_json_text(because, "name");
	fria_word word = FRIA_W_lapsed_unknown;
	if (pointer)
		what = fria_fact_title(pointer, lang);
	if (name)
		what = fria_evidence_own(name);
	if (!what)
		what = fria_json_text(because, "role");
	if (!what)
		what = fria_json_text(because, "date");
	find_word(&word, all, sizeof all / sizeof *all, because_kind(because));
	if (word == FRIA_W_lapsed_evidence && !what)
		word = FRIA_W_lapsed_some_evidence;
	fria_say(out, lang, word, "what", what ? what : "", NULL);
}

/* The last that a role said, not what is missing of it. */
static const json_t *last_word(const json_t *approvals, const char *role)
{
	const json_t *one, *last = NULL;
	size_t i;
	json_array_foreach(approvals, i, one) {
		if (!strcmp(fria_json_text(one, "role"), role) &&
		    strcmp(fria_json_text(one, "state"), "missing") != 0)
			last = one;
	}
	return last;
}

void fria_lapsed_say(fria_buf *out, const json_t *approvals, const char *role,
		     fria_lang lang)
{
	const json_t *last = last_word(approvals, role), *why;
	size_t k;
	if (!last || strcmp(fria_json_text(last, "state"), "lapsed") != 0)
		return;
	fria_buf_puts(out, " (");
	fria_say(out, lang, fria_lapsed_word(json_object_get(last, "because")),
		 NULL);
	json_array_foreach(json_object_get(last, "because"), k, why) {
		if (k >= 3)
			continue;
		fria_buf_puts(out, k ? ", " : ": ");
		fria_lapse_say(out, why, lang);
	}
	if (k > 3)
		fria_buf_puts(out, ", …");
	fria_buf_putc(out, ')');
}

/* --- roles --- */

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

bool fria_role_required(const json_t *role, const fria_instrument *in,
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

void fria_approval_digest(char out[FRIA_DIGEST_SIZE], const json_t *approval)
{
	json_t *own = json_deep_copy(approval);
	json_object_del(own, "state");
	json_object_del(own, "because");
	fria_digest(out, own);
	json_decref(own);
}

/* --- which content counts as the present one --- */

/* The digest of the present content by the rules of each that is named. */
static void add_present(json_t *contents, const fria_evaluation_input *in,
			const json_t *given)
{
	bool known[FRIA_RULES] = {false};
	fria_rules rules;
	json_t *one;
	size_t i;
	json_array_foreach(given, i, one) {
		char now[FRIA_CONTENT_SIZE];
		const char *own = fria_json_text(one, "content");
		if (!own || !fria_content_rules(&rules, own) ||
		    known[rules - 1])
			continue;
		known[rules - 1] = true;
		content_now_digest(now, in, rules);
		json_object_set_new(contents, now, json_true());
	}
}

/* --- why an approval lapsed --- */

static void add_because(json_t *list, const char *kind, const char *key,
			const char *what)
{
	json_array_append_new(list, fria_json_pack("{s:s, s:s}", "kind", kind,
						   key ? key : "what",
						   what ? what : ""));
}

/* Members of one part that differ; only those on both sides (evidence comes and
 * goes with the answer that points at it), or any. */
static void compare_part(json_t *list, const json_t *was, const json_t *now,
			 const char *part, const char *kind, const char *key)
{
	bool both = !strcmp(part, "questions") || !strcmp(part, "evidence");
	json_t *old = json_object_get(was, part);
	json_t *new = json_object_get(now, part), *value;
	const char *name;
	json_object_foreach(new, name, value) {
		json_t *before = json_object_get(old, name);
		if (before ? !json_equal(before, value) : !both)
			add_because(list, kind, key, name);
	}
	json_object_foreach(old, name, value)
		if (!both && !json_object_get(new, name))
			add_because(list, kind, key, name);
}

/* What differs between the content it was about and that of now. */
static void compare_contents(json_t *list, const json_t *was,
			     const fria_evaluation_input *in, fria_rules rules)
{
	json_t *now = content_now(in, rules);
	compare_part(list, was, now, "facts", "fact", "pointer");
	compare_part(list, was, now, "answers", "answer", "task");
	compare_part(list, was, now, "evidence", "evidence", "name");
	compare_part(list, was, now, "questions", "instrument", "task");
	if (fria_logic_moved(was, now))
		json_array_append_new(list,
				      fria_json_pack("{s:s}", "kind", "logic"));
	json_decref(now);
}

static void explain_content(json_t *list, const json_t *approval,
			    const fria_evaluation_input *in)
{
	const char *content = fria_json_text(approval, "content");
	const char *at = fria_json_text(approval, "at");
	fria_time moment = 0;
	fria_rules rules;
	json_t *was = NULL;
	if (at)
		fria_time_parse(&moment, at);
	if (in->content_was && content && fria_content_rules(&rules, content))
		was = in->content_was(in->data, content, moment);
	if (was)
		compare_contents(list, was, in, rules);
	json_decref(was);
}

/* --- the state of each --- */

typedef struct {
	const fria_evaluation_input *in;
	fria_evaluation *out;
	json_t *contents;
	json_t *explained; /* content to why it lapsed */
} approvals;

/*
 * The digests of the present content, and of each earlier one that somebody
 * agreed says the same in other words.
 */
static void find_contents(approvals *a, const json_t *given)
{
	size_t i, before;
	json_t *one;
	a->contents = json_object();
	if (a->in->name)
		add_present(a->contents, a->in, given);
	do {
		before = json_object_size(a->contents);
		json_array_foreach((json_t *)(uintptr_t)given, i, one) {
			const char *same = fria_json_text(one, "editorial");
			const char *own = fria_json_text(one, "content");
			if (!same || !own || fria_is_withdrawn(one) ||
			    json_object_get(a->contents, same) ||
			    !json_object_get(a->contents, own))
				continue;
			if (fria_editorial_claim(a->in, one) ==
			    FRIA_CLAIM_HOLDS)
				json_object_set_new(a->contents, same,
						    json_true());
		}
	} while (json_object_size(a->contents) > before);
}

static bool kind_is(const json_t *approval, const char *kind)
{
	const char *own = fria_json_text(approval, "kind");
	return own && !strcmp(own, kind);
}

static bool is_valid(const json_t *approval)
{
	const char *state = fria_json_text(approval, "state");
	return state && !strcmp(state, "valid");
}

static bool is_expired(const json_t *approval, fria_time as_of)
{
	fria_time day;
	const char *until = fria_json_text(approval, "validUntil");
	return until && fria_time_parse(&day, until) && as_of >= day + 86400;
}

static bool is_later(const json_t *a, const json_t *b)
{
	fria_time x = 0, y = 0;
	const char *one = fria_json_text(a, "at");
	const char *other = fria_json_text(b, "at");
	return one && other && fria_time_parse(&x, one) &&
	       fria_time_parse(&y, other) && x > y;
}

/* Approvals of the same content lapsed through the same. */
static void explain_once(const approvals *a, json_t *list,
			 const json_t *approval)
{
	const char *content = fria_json_text(approval, "content");
	json_t *known = content ? json_object_get(a->explained, content) : NULL;
	if (known) {
		json_array_extend(list, known);
		return;
	}
	explain_content(list, approval, a->in);
	if (content)
		json_object_set_new(a->explained, content,
				    json_deep_copy(list));
}

static bool is_about_present(const approvals *a, const json_t *approval)
{
	const char *content = fria_json_text(approval, "content");
	return content && json_object_get(a->contents, content);
}

/* A role's later word on the same content takes the place of its earlier
 * one; views stand beside each other. */
static bool is_replaced(const approvals *a, size_t at)
{
	const json_t *own = json_array_get(a->out->approvals, at), *other;
	size_t i;
	if (kind_is(own, "view") || json_object_get(own, "editorial"))
		return false;
	json_array_foreach(a->out->approvals, i, other) {
		if (i == at || fria_is_withdrawn(other) ||
		    json_object_get(other, "editorial") ||
		    strcmp(fria_json_text(other, "role"),
			   fria_json_text(own, "role")) != 0 ||
		    !is_about_present(a, other))
			continue;
		if (is_later(other, own) || (i > at && !is_later(own, other)))
			return true;
	}
	return false;
}

/* True if somebody agreed that a content is the present one in other words,
 * and history here does not reach it. */
static bool is_out_of_reach(const approvals *a, const char *content)
{
	size_t i;
	json_t *one;
	json_array_foreach(a->out->approvals, i, one) {
		const char *same = fria_json_text(one, "editorial");
		if (same && content && !strcmp(same, content) &&
		    is_about_present(a, one) &&
		    fria_editorial_claim(a->in, one) == FRIA_CLAIM_UNKNOWN)
			return true;
	}
	return false;
}

/* What an approval says of other words must be so. */
static void judge_claim(const approvals *a, const json_t *own, json_t *because)
{
	if (!json_object_get(own, "editorial"))
		return;
	fria_claim claim = fria_editorial_claim(a->in, own);
	if (claim != FRIA_CLAIM_HOLDS)
		add_because(because,
			    claim == FRIA_CLAIM_UNKNOWN ? "unreached"
							: "unfounded",
			    "content", fria_json_text(own, "editorial"));
}

static void set_state(const approvals *a, size_t at)
{
	json_t *own = json_array_get(a->out->approvals, at);
	json_t *because = json_array();
	bool holds = is_about_present(a, own);
	/* What was taken back or said again needs no search in history. */
	if (fria_is_withdrawn(own))
		add_because(because, "withdrawn", "role",
			    fria_json_text(own, "role"));
	else if (is_replaced(a, at))
		add_because(because, "replaced", "role",
			    fria_json_text(own, "role"));
	else if (!holds && is_out_of_reach(a, fria_json_text(own, "content")))
		add_because(because, "unreached", "content",
			    fria_json_text(own, "content"));
	else if (!holds)
		explain_once(a, because, own);
	else if (is_expired(own, a->in->as_of))
		add_because(because, "expired", "date",
			    fria_json_text(own, "validUntil"));
	if (holds)
		judge_claim(a, own, because);
	holds = holds && !json_array_size(because);
	json_object_set_new(own, "state",
			    fria_json_string(!holds ? "lapsed"
					     : fria_approval_returned(own)
						 ? "returned"
						 : "valid"));
	if (!holds)
		json_object_set(own, "because", because);
	json_decref(because);
}

/* A decision was taken on certain advices; one that it did not have lapses
 * it. */
static void bind_advices(const approvals *a, json_t *decision)
{
	const json_t *bound = json_object_get(decision, "advices");
	json_t *because = json_array(), *one;
	size_t i;
	json_array_foreach(a->out->approvals, i, one) {
		char digest[FRIA_DIGEST_SIZE];
		if (!kind_is(one, "advice") || !is_valid(one))
			continue;
		fria_approval_digest(digest, one);
		if (!names(bound, digest))
			add_because(because, "advice", "role",
				    fria_json_text(one, "role"));
	}
	if (bound && json_array_size(because)) {
		json_object_set_new(decision, "state",
				    fria_json_string("lapsed"));
		json_object_set(decision, "because", because);
	}
	json_decref(because);
}

static void take(const approvals *a, const json_t *given)
{
	size_t i;
	json_t *one;
	json_array_foreach(given, i, one) {
		if (fria_json_text(one, "role") && fria_json_text(one, "kind"))
			json_array_append_new(a->out->approvals,
					      json_deep_copy(one));
	}
}

/* The last word counts, and a word against use before any other. */
static void hold(fria_evaluation *out, const json_t *decision)
{
	const char *value = fria_json_text(decision, "value");
	bool against =
	    value && (!strcmp(value, "do-not-use") || !strcmp(value, "stop"));
	if (out->against && !against)
		return;
	out->decision = decision;
	out->against = against;
}

static void judge(const approvals *a)
{
	size_t i;
	json_t *one;
	for (i = 0; i < json_array_size(a->out->approvals); i++)
		set_state(a, i);
	json_array_foreach(a->out->approvals, i, one) {
		if (!kind_is(one, "decision") || !is_valid(one))
			continue;
		bind_advices(a, one);
		if (is_valid(one))
			hold(a->out, one);
	}
}

/* A role that says no has not given what is asked of it. */
static bool has_given(const json_t *list, const char *role, const char *kind)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) {
		const char *value = fria_json_text(one, "value");
		if (!strcmp(fria_json_text(one, "role"), role) &&
		    is_valid(one) && kind_is(one, kind) &&
		    !json_object_get(one, "editorial") &&
		    !(value && !strcmp(value, "disagree")))
			return true;
	}
	return false;
}

static void add_missing(const approvals *a)
{
	const char *role;
	json_t *about;
	json_object_foreach((json_t *)(uintptr_t)a->in->roles, role, about) {
		const char *kind = fria_json_text(about, "kind");
		kind = kind ? kind : "agreement";
		if (!fria_role_required(about, a->in->instrument,
					a->in->application) ||
		    has_given(a->out->approvals, role, kind))
			continue;
		json_array_append_new(
		    a->out->approvals,
		    fria_json_pack("{s:s, s:s, s:n, s:s}", "role", role, "kind",
				   kind, "value", "state", "missing"));
	}
}

void fria_approvals_evaluate(fria_evaluation *out,
			     const fria_evaluation_input *in)
{
	const json_t *given = json_object_get(in->assessment, "approvals");
	approvals a = {in, out, NULL, json_object()};
	find_contents(&a, given);
	out->approvals = json_array();
	take(&a, given);
	judge(&a);
	if (!out->superseded) {
		add_missing(&a);
		fria_eyes_evaluate(out, in);
	}
	json_decref(a.contents);
	json_decref(a.explained);
}

/* --- risks that nobody may accept, unless by name --- */

static bool accepts(const json_t *decision, const char *row)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(decision, "risks"), i, one) {
		const char *own = fria_json_text(one, "row");
		if (own && !strcmp(own, row) &&
		    json_is_true(json_object_get(one, "accepted")))
			return true;
	}
	return false;
}

bool fria_risks_accepted(const fria_evaluation *out,
			 const fria_evaluation_input *in,
			 const json_t *acceptable)
{
	const char *key = fria_json_text(acceptable, "rows");
	const char *level = fria_json_text(acceptable, "level");
	json_int_t from =
	    json_integer_value(json_object_get(acceptable, "from"));
	const json_t *role = json_object_get(
	    in->roles,
	    out->decision ? fria_json_text(out->decision, "role") : "");
	const char *may = fria_json_text(role, "accepts");
	size_t i;
	json_t *one;
	if (!key || !level || !may || strcmp(may, level) != 0)
		return false;
	json_array_foreach(out->calculations, i, one) {
		const char *row = fria_json_text(one, "row");
		if (!strcmp(fria_json_text(one, "key"), key) && row &&
		    json_integer_value(json_object_get(one, "value")) >= from &&
		    !accepts(out->decision, row))
			return false;
	}
	return true;
}
