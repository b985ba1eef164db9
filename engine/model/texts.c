/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The members of questionnaires, applications, entries, cards and answer
 * files that are text by their schemas, whatever they look like. A name that
 * is a number in any of them (a threshold, an option's value) stays out.
 */
#include "model.h"

const char *const *fria_text_members(void)
{
	/* clang-format off */
	static const char *const names[] = {
	    "about", "action", "answer", "area", "article27", "at",
	    "author", "automation", "begin_date", "by", "case", "category",
	    "commit", "completedTasks", "conformity_assessment_body",
	    "considerations", "contact_email", "content-type", "createdAt",
	    "criterion", "date", "description", "description_short",
	    "digest", "direction", "dtype", "due", "email", "en",
	    "end_date", "every", "exempt", "feature", "frequency",
	    "function", "git_commit_hash", "goal", "goal_and_impact",
	    "ground", "group", "hardware_requirements", "hosting",
	    "human_intervention", "iama_description", "id", "impacttoetsen",
	    "kept", "kind", "label", "lang", "language", "lars",
	    "lastEditedAt", "lastEditedBy", "lawful_basis", "level",
	    "license", "license_link", "license_name", "likelihood", "link",
	    "mapping_type", "md5-checksum", "members", "methods_and_models",
	    "migrates", "name", "named_by", "nl", "note", "notice", "now", "oin",
	    "operator", "organization", "outcome", "overall", "owner",
	    "passage", "personal_data", "pointer", "process", "process_index_url",
	    "product_markings", "proportionality", "provider",
	    "publication_category", "publication_dt", "publiccode",
	    "purpose", "question", "reference", "references", "register",
	    "release", "remarks", "repository", "rests", "review",
	    "revision", "risk_group", "risk_management", "risks", "role",
	    "roles", "row_of", "schema_version", "scoreKey", "selection", "sent_at",
	    "severity", "snapshot", "source_data", "source_data_link",
	    "source_id", "split", "standard_version", "state", "status",
	    "tags", "takes", "task", "technical_design", "text", "theme",
	    "timestamp", "title", "to", "transparency_obligations", "unit",
	    "until", "upl", "uri", "url", "urn", "used_data", "uuid",
	    "valueType", "version", "version_requirements", "website",
	    NULL};
	/* clang-format on */
	return names;
}
