/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The engine's public headers; all that a program needs to include. It calls
 * fria_start() first, once. A handle (a store, a workspace) and what was made
 * with it belong to one thread; what is libgit2's stays process-wide: who wants
 * to work side by side has a process for each. Every name begins with fria_ or
 * FRIA_; FRIA_VERSION is the version of these headers.
 */
#ifndef FRIA_H
#define FRIA_H

#include "base/base.h"
#include "compare/compare.h"
#include "data/data.h"
#include "data/expression.h"
#include "data/markdown.h"
#include "document/document.h"
#include "formats/formats.h"
#include "history/history.h"
#include "living/living.h"
#include "model/model.h"
#include "publishing/publishing.h"
#include "report/report.h"
#include "sharing/sharing.h"
#include "store/store.h"
#include "workflow/workflow.h"
#include "workspace/workspace.h"

#endif
