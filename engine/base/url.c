/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses: whose computer they name, and text in them. It resolves and opens
 * nothing. */
#include "base.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char *fria_url_authority(const char *url)
{
	const char *at = strstr(url, "://");
	at = at ? at + 3 : "";
	return fria_strndup(at, strcspn(at, "/?#"));
}

bool fria_url_is_loopback(const char *url)
{
	char *authority = fria_url_authority(url);
	char *host = strrchr(authority, '@');
	host = host ? host + 1 : authority;
	if (*host == '[')
		host[strcspn(host, "]") + (strchr(host, ']') != NULL)] = '\0';
	else
		host[strcspn(host, ":")] = '\0';
	bool is = !strcasecmp(host, "localhost") || !strcmp(host, "[::1]") ||
		  (!strncmp(host, "127.", 4) &&
		   strspn(host, "0123456789.") == strlen(host));
	free(authority);
	return is;
}

void fria_url_escape(fria_buf *out, const char *text, const char *keep)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c < 0x80 && isalnum(c)) || strchr("-._~", c) ||
		    strchr(keep, c))
			fria_buf_putc(out, *text);
		else
			fria_buf_printf(out, "%%%02X", c);
	}
}
