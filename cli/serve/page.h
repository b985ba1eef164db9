/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * page: what the pages of the workplace have in common. A page reads with calls
 * of the engine, writes its frame (frame.c) and what stands in it, and gives an
 * error where that cannot be; then the frame is thrown away and page_error.c
 * says what is wrong.
 */
#ifndef FRIA_SERVE_PAGE_H
#define FRIA_SERVE_PAGE_H

#include "html.h"
#include "serve.h"

#define PAGE_PARTS 5

typedef struct {
	web w;
	const serve_request *request;
	const serve_person *who;
	serve_place *place;
	serve_response *response;
	fria_lang lang;
	fria_time now;
	fria_session session; /* of who asks, now */
	/* Of the path, what stands at each {} of the route's pattern. */
	const char *parts[PAGE_PARTS];
	struct {
		fria_document **items;
		size_t n;
	} documents;	   /* of its fragments */
	fria_strings kept; /* texts that live as long as the page */
} page;

/* --- route.c --- */

typedef int page_run(page *p, fria_error *err);

typedef struct {
	const char *method;  /* "GET" is HEAD too */
	const char *pattern; /* below the workspace: "a/{}/{}/v/{}" */
	unsigned right;	     /* 0: who may read */
	page_run *run;
	bool bare; /* also where there is no workspace yet */
} route;

extern const route routes[]; /* ends with a NULL method */

/* The route of a path below "/WORKSPACE/"; its parts, of which the texts are
 * kept by `kept`. *there: the path is known, by another method perhaps. */
const route *route_find(const char *parts[PAGE_PARTS], bool *there,
			fria_strings *kept, const char *method,
			const char *path);

/* --- frame.c --- */

typedef enum { NAV_WORK, NAV_APPLICATIONS, NAV_SHARE, NAV_SEARCH } page_nav;

typedef struct {
	const char *address, *text;
} page_crumb;

typedef struct {
	const char *title; /* of the window: what it is, and of what */
	page_nav nav;
	const page_crumb *crumbs; /* the way here; the last is this page */
	size_t n;
} page_frame;

/* Whose workplace it is; NULL: there is no workspace yet. */
const char *page_organisation(const page *p);
void page_open(page *p, const page_frame *frame);
/* One below the application that the address names, with its heading. */
void page_open_below(page *p, const char *title);
void page_close(page *p);
/* Says that nothing was recorded, and why; NULL: nothing is wrong. */
void page_wrong(page *p, const char *error);

/* A text that lives as long as the page. */
const char *page_keep(page *p, char *text);
const char *page_format(page *p, const char *format, ...) FRIA_PRINTF(2, 3);
/* A sentence of words.def, kept likewise; pairs, then NULL. */
const char *page_say(page *p, fria_word word, ...) FRIA_SENTINEL;
/* What is wrong, as a page says it; kept likewise. */
const char *page_trouble(page *p, const fria_error *err);
/* "16 November 2026, 14:02": a moment as documents have it, on the clock of who
 * reads. */
const char *page_when(page *p, const char *at);
/* An address below the workspace: page_at(p, "a/%s", id). */
const char *page_at(page *p, const char *format, ...) FRIA_PRINTF(2, 3);
/* A part of a document to fill, for web_fragment(); the page frees it. */
fria_node *page_fragment(page *p);
/* So many assessments a page judges itself; the others are counted beside it.
 */
enum { PAGE_COUNTS = 8 };
/* Says how many are still to be counted; nothing for none. */
void page_counting(page *p, size_t missing);
/* The head of a page: its heading, after a line of state (NULL: none). */
void page_lead(page *p, const char *text);

/* --- form.c --- */

/* What was filled in; NULL: the field is not there. Borrowed. */
const char *page_field(const page *p, const char *name);
/* The file that was chosen; NULL: none was. Borrowed. */
const serve_file *page_file(const page *p, const char *name);
/* Begins a form that posts to an address, with its token; web_close "form". */
void page_form(page *p, const char *address);
/* The same for one that may hold files. */
void page_form_files(page *p, const char *address);
/* A button; main: the one thing to do. */
void page_button(page *p, const char *value, bool main, fria_word word);
/* A field of running text with its label and (NULL: none) a hint. */
typedef struct {
	const char *id; /* also its name */
	fria_word label;
	const char *hint, *value, *error; /* NULL: none */
	int rows;			  /* 1: a line */
} page_input;

void page_put_input(page *p, const page_input *input);
/* A field to choose a file in; value and rows are not looked at. */
void page_put_file(page *p, const page_input *input);
/* One of several; checked where value is what was chosen. */
void page_choice(page *p, const char *name, const char *value,
		 const char *chosen, const char *text, const char *small);

/* The token of this person for this day. New. */
char *page_token(const serve_place *place, const serve_person *who,
		 fria_time now);
/* EREFUSED for what was not sent from a page of this place. */
int page_check_sent(const page *p, fria_error *err);

/* --- draft.c --- */

typedef struct {
	char *text;
	char *from; /* digest of the answer it began from */
	char *page; /* commit of the page that it was typed on */
	char *at;
} page_draft;

/* Keeps a document beside the workspace for who is there, under a name; EIO, or
 * ENOTFOUND for what cannot be a name. */
int page_state_write(const page *p, const char *name, const json_t *json,
		     fria_error *err);

bool page_draft_read(page_draft *out, const page *p, const char *name,
		     const char *task, const char *row);
int page_draft_write(const page *p, const char *name, const char *task,
		     const char *row, const page_draft *draft, fria_error *err);
void page_draft_drop(const page *p, const char *name, const char *task,
		     const char *row);
void page_draft_dispose(page_draft *draft);

/* --- act.c --- */

/*
 * Does a deed in memory, then records it as one commit, or nothing of it. Where
 * somebody else recorded something meanwhile it is done anew on that, so that
 * two people on two questions do not notice each other.
 */
typedef int page_deed(page *p, void *data, fria_error *err);
int page_act(page *p, page_deed *deed, void *data, fria_error *err);
/* EREFUSED where the assessment that the address names holds what was not
 * saved: a page does not record that. */
int page_refuse_unsaved(page *p, fria_error *err);
/* In a deed: records what it wrote of an assessment, or (NULL) of all. */
int page_save(page *p, const char *name, fria_error *err);

/* Goes on to another page, after an act. */
void page_see(page *p, const char *address);

/* --- look.c --- */

typedef struct {
	page *p;
	const char *name; /* "APP/NAME" */
	fria_snapshot *s;
	fria_standing standing;
	fria_changes_told changes;
	const fria_instrument *in;
	const fria_evaluation *e;
	char head[FRIA_ID_SIZE]; /* the commit that it was read at */
} page_look;

/* The assessment that the address names. */
int look_at(page_look *out, page *p, fria_error *err);
void look_away(page_look *look);
const char *look_title(const page_look *look);
const char *look_application(const page_look *look);
/* The page of a question, and what it is called: "5.2.kans, regel 2". */
const char *look_address(const page_look *look, const fria_question *question);
const char *look_number(const page_look *look, const fria_question *question);
/* Begins a page of it; here: the last of the way, or NULL for its own page. */
void look_open(const page_look *look, const char *here, const char *title);
/* In a form: what the page was read at, and for page_seen() again. */
void look_put_head(const page_look *look, const char *head);
/* What was shown to who sends this: `stand` is the digest that the page gave
 * with the answer (NULL: nothing is taken). */
fria_seen_page page_seen(const page *p, const char *stand);
/* What an answer says, as a page gives it along. */
const char *page_stand(page *p, const json_t *answer);
/* Its state, a heading, and the pages of it. */
void look_head(const page_look *look, const char *here, const char *title);
/* A question as a line of a list, with its state. */
void look_line(const page_look *look, const fria_judgement *judgement);

/* A button to the one thing to do next; nothing where nothing asks for it. */
void look_next(const page_look *look);

/* --- page_talk.c --- */

/* What is spoken of: a question, its row (or NULL) and its answer (or NULL). */
typedef struct {
	const page_look *look;
	const char *task, *row;
	const json_t *answer;
} page_topic;

/* What was said beside an answer, with forms to say more. */
void page_put_talk(const page_topic *topic);
/* True if that is sent, by the value of its button; and does it. */
bool page_is_talk(const char *what);
int page_talk(const page_topic *topic, const char *what, fria_error *err);

/* --- page_*.c --- */

page_run page_live, page_work, page_first_post, page_example_post;
page_run page_order, page_order_post;
page_run page_applications, page_application, page_application_post;
page_run page_fact, page_fact_post;
page_run page_assessment, page_changes, page_changes_post;
page_run page_question, page_question_post, page_question_draft;
page_run page_advice, page_role, page_role_post, page_adopt_post, page_ask_post;
page_run page_new, page_new_post, page_start, page_start_post;
page_run page_release, page_release_post, page_check, page_check_post;
page_run page_difference, page_history, page_report, page_report_file;
page_run page_search, page_share, page_share_post;

page_run page_evidence;
page_run page_unsettled, page_unsettled_post;
page_run page_meetings, page_meetings_post, page_screen;

/* --- consequence.c --- */

/* Was and becomes, word by word; and what that asks, by assessment. */
void page_put_changed(page *p, const fria_release_result *r);
void page_put_consequences(page *p, const fria_release_result *r);

/* --- page_unsettled.c --- */

/* Says that two people wrote different things, with the way to decide; false,
 * and nothing said, where there is nothing to decide. */
bool page_put_unsettled(page *p);

/* --- page_facts.c, page_metrics.c: parts of the page of an application --- */

int page_put_facts(page *p, fria_error *err);
void page_put_metrics(page *p, const json_t *application);

/* What a workplace begins with; error: what is wrong with what was sent. */
void page_first(page *p, const char *error);

/* The status that an error means. */
int page_status(int code);
/* What is wrong, in place of the page, with that status. */
void page_error(page *p, const fria_error *err);

#endif
