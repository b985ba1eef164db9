// SPDX-License-Identifier: EUPL-1.2
// Computes the scores and conclusions of the official pre-scan with the
// reference implementation, and compares: prescan.mjs FILE, made by
// build/unit/test_prescan.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import jexl from "jexl";
import { functions } from "./functions.mjs";

const { instrument, sets } = JSON.parse(readFileSync(process.argv[2], "utf8"));

function calculations(tasks, found = []) {
	for (const task of tasks ?? []) {
		if (task.calculation)
			found.push(task.calculation);
		calculations(task.tasks, found);
	}
	return found;
}

function engineFor(answers) {
	const engine = new jexl.Jexl();
	const own = {
		...functions,
		answers: (id) => answers[id],
		countSelectedOptions: (id) => functions.count(answers[id]),
	};
	for (const [name, call] of Object.entries(own)) {
		engine.addFunction(name, call);
		engine.addTransform(name, call);
	}
	return engine;
}

function scoresOf(engine) {
	const scores = {};
	for (const one of calculations(instrument.tasks)) {
		let value = engine.evalSync(one.expression, { scores });
		if (one.riskScore)
			value = one.riskScore.find((step) => engine.evalSync(
				step.when, { scores, [one.scoreKey]: value }))
				?.value;
		if (value !== undefined)
			scores[one.scoreKey] = value;
	}
	return scores;
}

function conclusionsOf(engine, scores) {
	return instrument.assessments.map(({ id, levels }) => {
		for (const level of levels) {
			const criteria = {}, because = [];
			for (const one of level.criteria ?? []) {
				criteria[one.id] = engine.evalSync(
					one.expression, { scores });
				if (criteria[one.id])
					because.push(one.explanation);
			}
			if (engine.evalSync(level.expression,
				{ scores, criteria }))
				return { id, level: level.level, because };
		}
		return { id, level: null, because: [] };
	});
}

let different = 0, expressions = 0;
const seen = new Set();
for (const [i, set] of sets.entries()) {
	const engine = engineFor(set.answers);
	const scores = scoresOf(engine);
	const conclusions = conclusionsOf(engine, scores);
	const ours = set.conclusions.map(({ id, level, because }) =>
		({ id, level, because }));
	expressions = calculations(instrument.tasks).length;
	for (const { id, level } of conclusions)
		seen.add(`${id} ${level}`);
	if (isDeepStrictEqual(scores, set.scores) &&
		isDeepStrictEqual(conclusions, ours) && !set.findings)
		continue;
	different++;
	console.log(`set ${i}:`, JSON.stringify({ scores, conclusions }), "\n  ours",
		JSON.stringify({ scores: set.scores, conclusions: ours }));
}
const ok = !different && sets.length >= 200 && seen.size >= 8;
console.log(`${ok ? "ok" : "not ok"} ${sets.length} sets of answers to the ` +
	`pre-scan, ${expressions} scores, ${seen.size} different conclusions ` +
	`seen; ${different} differ`);
process.exit(ok ? 0 : 1);
