/* SPDX-License-Identifier: EUPL-1.2 */
/* What yaml.c and yaml_scalar.c share; for no one else. */
#ifndef FRIA_DATA_YAML_INTERNAL_H
#define FRIA_DATA_YAML_INTERNAL_H

#include "data.h"

/*
 * The value that a plain scalar stands for; NULL for text. Gives the sentence
 * that says why it cannot be kept, or FRIA_W_COUNT if all is well.
 */
fria_word fria_yaml_scalar(json_t **out, const char *text);

#endif
