// SPDX-License-Identifier: EUPL-1.2
// The functions of expressions, written apart from the engine's.
const flat = (args) => args.flat(Infinity).filter(
	(v) => typeof v === "number" && !Number.isNaN(v));

export const functions = {
	bool: (v) => v === true || v === "true",
	count: (v) => Array.isArray(v) ? v.length : 0,
	sum: (...args) => flat(args).reduce((a, b) => a + b, 0),
	max: (...args) => flat(args).length ? Math.max(...flat(args)) : undefined,
	min: (...args) => flat(args).length ? Math.min(...flat(args)) : undefined,
	weightedCountMap: (values, keys, weights) => Array.isArray(values) ?
		values.reduce((total, value) => {
			const at = keys.indexOf(value);
			return total + (at < 0 ? 0 : weights[at] ?? 0);
		}, 0) : 0,
	cells: (rows, name) => Array.isArray(rows) ?
		rows.flatMap((row) => row?.[name] ?? []) : [],
	shared: (list, other) => Array.isArray(list) && Array.isArray(other) ?
		list.filter((one) => other.includes(one)) : [],
	criteriaCheck: (criteria) => Object.values(criteria).some(Boolean),
};
