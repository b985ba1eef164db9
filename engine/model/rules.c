/* SPDX-License-Identifier: EUPL-1.2 */
/* Which rules a digest names. What they are stands where things are digested;
 * what only the oldest need, in rules_1.c. */
#include "model.h"

#include <string.h>

static bool is_known(fria_rules *out, json_int_t number)
{
	if (number < FRIA_RULES_1 || number > FRIA_RULES)
		return false;
	*out = (fria_rules)number;
	return true;
}

bool fria_basis_rules(fria_rules *out, const json_t *basis)
{
	const json_t *rules = json_object_get(basis, "rules");
	return is_known(out, rules ? json_integer_value(rules) : FRIA_RULES_1);
}

bool fria_content_rules(fria_rules *out, const char *content)
{
	json_int_t number = FRIA_RULES_1;
	if (content[0] > '1' && content[0] <= '9' && content[1] == ':') {
		number = content[0] - '0';
		content += 2;
	}
	return strspn(content, "0123456789abcdef") == FRIA_DIGEST_SIZE - 1 &&
	       !content[FRIA_DIGEST_SIZE - 1] && is_known(out, number);
}
