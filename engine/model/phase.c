/* SPDX-License-Identifier: EUPL-1.2 */
/* Where an application stands in its life (PRACTICE sections 2 and 7). */
#include "model.h"

const char *fria_phase_id(fria_phase phase)
{
	return phase < FRIA_DEVELOPMENT
		   ? NULL
		   : fria_closed_at("/use/phase",
				    (size_t)(phase - FRIA_DEVELOPMENT));
}

fria_phase fria_phase_parse(const char *id)
{
	return id ? (fria_phase)(fria_closed_number("/use/phase", id) +
				 FRIA_PHASE_UNKNOWN)
		  : FRIA_PHASE_NONE;
}

/* The day on which it goes, or went, out of use. */
static bool is_over(const json_t *application, fria_time as_of)
{
	fria_time day;
	const char *to =
	    fria_json_text(json_object_get(application, "in_use"), "to");
	return to && fria_time_parse(&day, to) && as_of >= day;
}

fria_phase fria_phase_at(const json_t *application, fria_time as_of)
{
	const json_t *phase = fria_fact(application, "/use/phase");
	fria_phase out = FRIA_PHASE_NONE;
	if (phase && !json_is_null(phase))
		out = json_is_string(phase)
			  ? fria_phase_parse(json_string_value(phase))
			  : FRIA_PHASE_UNKNOWN;
	if (out == FRIA_PHASE_UNKNOWN)
		return out;
	return is_over(application, as_of) ? FRIA_OUT_OF_USE : out;
}

const char *fria_phase_shown(const json_t *application, fria_time as_of)
{
	fria_phase phase = fria_phase_at(application, as_of);
	return phase == FRIA_PHASE_UNKNOWN
		   ? json_string_value(fria_fact(application, "/use/phase"))
		   : fria_phase_id(phase);
}

bool fria_phase_rests(fria_phase phase)
{
	return phase == FRIA_DEVELOPMENT || phase == FRIA_OUT_OF_USE;
}
