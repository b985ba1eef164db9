/* SPDX-License-Identifier: EUPL-1.2 */
/* What the program that the engine is part of lends it, once for the process.
 */
#include "base.h"

#include <stddef.h>

static fria_host host;

void fria_host_set(const fria_host *given)
{
	host = *given;
}

const char *fria_variable(const char *name)
{
	return host.variable ? host.variable(name) : NULL;
}

void fria_waits(bool begins)
{
	if (host.waits)
		host.waits(begins);
}
