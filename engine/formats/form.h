/* SPDX-License-Identifier: EUPL-1.2 */
/* The fields of the form of the characteristics, for who writes and reads it.
 */
#ifndef FRIA_FORM_H
#define FRIA_FORM_H

#include "formats.h"

typedef struct {
	const char *pointer; /* NULL: a part, with its title */
	fria_word title;     /* of a part */
	bool hinted;
	fria_word hint;
} form_field;

extern const form_field form_fields[];
extern const size_t form_fields_n;

/* What stands at one place of the application, by the schemas. */
typedef enum {
	FORM_TEXT,
	FORM_NUMBER,
	FORM_DAY,
	FORM_MONTH,
	FORM_INTERVAL,
	FORM_CLOSED,
	FORM_LIST,   /* a line each */
	FORM_PARTS,  /* "name: …; version: …" */
	FORM_METRICS /* an object of these, by its key: a line each */
} form_kind;

typedef struct {
	form_kind kind;
	const json_t *schema; /* NULL: the schemas say nothing of it */
	const json_t *items;  /* of a list or metrics; NULL: anything */
	char set[48];	      /* of a closed set: its field */
} form_shape;

/* The schemas; read once for a form. */
typedef struct {
	json_t *application, *entry;
} form_schemas;

void form_schemas_open(form_schemas *schemas);
void form_schemas_close(form_schemas *schemas);

/* The shape of a field; value (or NULL) where the schemas leave it open. */
form_shape form_shape_of(const form_schemas *schemas, const char *pointer,
			 const json_t *value);
/* The same of a member of what has a shape. */
form_shape form_member_shape(const form_schemas *schemas,
			     const form_shape *whole, const char *key);

/* "Gebied"; of what is no characteristic its own word. */
const char *form_title(const char *pointer, fria_lang lang);

/* What a reader sees of a value, without the heading; "" for nothing. */
void form_content(fria_buf *out, const form_schemas *schemas,
		  const char *pointer, const json_t *value, fria_lang lang);
/* One element of a list or one metric, on its line. */
void form_item(fria_buf *out, const form_schemas *schemas,
	       const form_shape *list, const char *key, const json_t *value,
	       fria_lang lang);

/* What was typed under a heading. */
typedef struct {
	const form_schemas *schemas;
	const char *pointer;
	const json_t *before; /* its value until now; NULL: none */
	const char *file;     /* for messages */
	size_t line;	      /* the first one's */
	fria_lang lang;
	const fria_time *today; /* as fria_date_typed has it */
} form_typed;

/* The value that a content means, new; NULL for nothing, or on an error. What
 * is as it would be written stays the value that it was. */
int form_value(json_t **out, const form_typed *typed, const char *content,
	       fria_error *err);
/* The same, looking at no value that was: what the content itself says. */
int form_parse(json_t **out, const form_typed *typed, const char *content,
	       fria_error *err);

#endif
