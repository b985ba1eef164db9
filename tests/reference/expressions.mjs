// SPDX-License-Identifier: EUPL-1.2
// What the reference implementation makes of expressions, hand-made and
// generated (seeded): a list of {expression, context, value | error}, for
// tests/unit/test_expression.c to compare with.
import jexl from "jexl";
import { functions } from "./functions.mjs";

const { Jexl } = jexl;
const engine = new Jexl();
for (const [name, call] of Object.entries(functions)) {
	engine.addFunction(name, call);
	engine.addTransform(name, call);
}

const context = {
	a: 1, b: 2.5, zero: 0, minus: -3, yes: true, no: false, nothing: null,
	text: "abc", empty: "", digits: "12", spaced: " 7 ", hex: "0x1F",
	euro: "€😀é", list: [1, 2, 3], words: ["x", "yes", "12"], none: [],
	one: [5], deep: { in_it: { deeper: "found" }, list: [{ n: 1 }, { n: 2 }] },
	rows: [
		{ name: "r1", level: 3, open: true, tags: ["p", "q"] },
		{ name: "r2", level: 1, open: false, tags: [] },
		{ name: "r3", level: 2, open: true },
	],
	mixed: [0, "", null, "x", 2, { level: 2 }], é: "accent", $d: 4, _u: 5,
};

const hand = `
1
-1
- 1
- -1
1 - -1
1 -1
1-1
a-1
a - -b
-a
-(1)
!-1
!a
!!a
!no && yes
!a + 1
1 + 2 * 3
(1 + 2) * 3
2 * 3 % 2
2 ^ 3 ^ 2
2 ^ 3 * 2
10 // 3
-7 // 2
7 // 0
-7 % 3
7 % -3
5.5 % 2
1 / 0
-1 / 0
0 / 0
0 / 0 == 0 / 0
1 + 'a'
'a' + 1
1 + true
null_word
nothing
nothing + 1
undefined_word + 1
'a' * 2
'3' * '4'
'3' + 4 * 2
spaced + 1
spaced * 1
hex * 1
'0b101' * 1
'0o17' * 1
'1e3' * 1
'.5' * 1
'5.' * 1
'+5' * 1
'--5' * 1
'Infinity' * 1
'-Infinity' * 1
'infinity' * 1
'' * 1
' ' * 1
list + 1
list * 1
one * 2
none * 1
none + 'x'
deep + ''
list == '1,2,3'
one == 5
one == '5'
none == 0
none == ''
none == false
nothing == undefined_word
nothing == 0
nothing == false
empty == 0
empty == false
yes == 1
yes == '1'
yes == 'true'
'1' == 1
'01' == 1
1 == 1.0
text == 'abc'
text != 'abc'
list == list
deep == deep
rows[0] == rows[0]
[1] == [1]
'b' > 'a'
'B' > 'a'
'10' > '9'
'10' > 9
10 > '9'
'a' > 1
nothing >= 0
nothing > 0
undefined_word > 0
undefined_word <= undefined_word
list > 0
one > 4
euro > text
'\uFFFD' < '😀'
1 < 2 < 3
3 > 2 > 1
1 == 1 == 1
a in list
'a' in text
'bc' in text
1 in '123'
'1' in list
5 in one
5 in 5
'in_it' in deep
nothing in mixed
yes && 'x'
no && 'x'
0 && no
no || 'x'
0 || empty || 'z'
yes || no && no
no && no || yes
1 && 2 == 2
a == 1 || a == 2 && b == 9
yes ? 1 : 2
no ? 1 : 2
no ? 1 : no ? 2 : 3
yes ? no ? 1 : 2 : 3
text ?: 'none'
empty ?: 'none'
yes ? 1 :
no ? 1 :
yes ?
a + 1 > 1 ? 'more' : 'less'
yes ? {a: 1} : {b: 2}
(yes ? 1 : 2) + 3
yes ? 1 : 2 + 3
'x' + (yes ? 1 : 2)
deep.in_it.deeper
deep.in_it.nope
deep.nope.deeper
nope.nope.nope
text.length
euro.length
'abc'.length
list.length
rows.length
rows.name
none.name
mixed.level
one.level
rows[0].name
rows[1]['name']
rows[5]
rows[5].name
rows[-1]
rows['0'].name
rows['00']
rows[1.5]
rows.tags
rows[0].tags[1]
list['length']
text[0]
text[9]
text['length']
euro[0]
deep['in_it'].deeper
deep['in' + '_it'].deeper
nothing[0]
undefined_word[0]
undefined_word[yes]
list[yes]
list[no]
rows[.level > 1]
rows[.level > 1].name
rows[.level > 1][1].name
rows[.open && .level == 3].name
rows[!.open].name
rows[.nope]
rows[.nope == nothing]
rows[.tags.length == 0]
rows[.tags[0] == 'p'].name
rows[.level > a]
rows[(.level) > 1]
list[. > 1]
mixed[.level == 2]
mixed[.a == 1]
words[.length > 1]
deep[.in_it.deeper == 'found'].list[.n == 2].n
undefined_word[.x]
nothing[.x]
text[.length == 3]
a[.b]
.a
.a + .b
!.no
[]
[1]
[1, 'a', true]
[1,,2]
[,]
[1,]
[a, b][1]
[[1, 2], [3]]
[nothing, undefined_word]
{}
{a: 1}
{a: 1,}
{a: 1, b: {c: [1]}}
{a: 1}.a
{a: 1, a: 2}
{a:}
{'a': 1}
{a}
{a: undefined_word}
{true: 1}
count(list)
list | count
list|count
list | count + 1
(list | count) + 1
list | count == 3
words | count | bool
text | count
count()
sum(1, 2, list)
list | sum(10)
max(list)
max()
max(none)
min(list, -4)
min(list, (-4))
max(rows[.open], 3)
bool('true')
bool('yes')
bool(yes) == true
bool(1)
nofunction(1)
a | nofunction
no && nofunction(1)
yes || nofunction(1)
list | count ? 1 : 2
count(list) ? 1 : 2
(list | count) ? 1 : 2
count(list)[0]
count(list).length
rows[.level == max(1, 2)].name
'it\\'s'
"say \\"hi\\""
'back\\\\slash'
'back\\\\slash\\\\twice'
'ends\\\\'
'a\\'
'unclosed
"unclosed
'a' 'b'
1 2
a b
a.
a..b
.
(
)
()
(1
1)
[1
{a: 1
a[
a[1
f(
1 +
+ 1
* 2
1 * * 2
a ! b
a = 1
a === 1
a & b
a ~ b
#
a; b
1.
1.5.5
.5
0.5
00012
1e3
1_000
x1
é
$d
_u
in
a in
true
false
trueish
true1
not_true
in_list
1in list
a  ==  1
  a  
a	+	b
a\u00A0+ b
100000000000000000000
0.1 + 0.2
1 / 3
1e21
123456789012345680000 * 10
0.000001 / 10
`.split("\n").filter((line) => line !== "");
hand.push("", " ", "a\n+\nb", "((((((((((1))))))))))", "a".repeat(100));

// A small generator of pseudo-random numbers (mulberry32), seeded.
let state = 20260101;
function random(n) {
	state = (state + 0x6D2B79F5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) % n;
}
const pick = (list) => list[random(list.length)];
const names = Object.keys(context);
const binary = ["+", "-", "*", "/", "//", "%", "^", "==", "!=", ">", ">=",
	"<", "<=", "&&", "||", "in"];

function atom() {
	return pick([
		() => pick(names), () => String(random(12)),
		() => (random(100) / 8).toString(),
		() => pick(["'x'", "'yes'", "\"2\"", "''", "'abc'", "true",
			"false", "[]", "[1, 2]", "{n: 1}"]),
		() => "deep.list[" + random(3) + "].n", () => "rows.level",
	])();
}

function make(depth) {
	if (depth <= 0)
		return atom();
	return pick([
		() => make(depth - 1) + " " + pick(binary) + " " + make(depth - 1),
		() => make(depth - 1) + " " + pick(binary) + " " + make(depth - 1),
		() => "(" + make(depth - 1) + ")",
		() => "!" + make(depth - 1),
		() => make(depth - 1) + " ? " + make(depth - 1) + " : " +
			make(depth - 1),
		() => "[" + make(depth - 1) + ", " + make(depth - 1) + "]",
		() => "{n: " + make(depth - 1) + "}.n",
		() => pick(["rows", "list", "mixed", "deep.list"]) + "[." +
			pick(["level", "n", "open", "length"]) + " " +
			pick(binary) + " " + make(depth - 2) + "]",
		() => pick(["rows", "list", "text", "words"]) + "[" +
			make(depth - 2) + "]",
		() => pick(["count", "max", "min", "sum", "bool"]) + "(" +
			make(depth - 1) + ")",
		() => pick(names) + " | " + pick(["count", "sum", "bool"]),
		() => make(depth - 1) + pick(["", " ", "-", ".", "[", ")", "!"]) +
			make(depth - 1),
	])();
}

const expressions = [...hand];
while (expressions.length < hand.length + 4000)
	expressions.push(make(1 + random(4)));

const cases = expressions.map((expression) => {
	try {
		const value = engine.evalSync(expression, context);
		if (typeof value === "function")
			return null;
		const text = JSON.stringify(value);
		// Half a character is nothing in UTF-8; ours gives the whole.
		if (/\\ud[89a-f]/.test(text))
			return null;
		return text === undefined ? { expression } :
			{ expression, value: JSON.parse(text) };
	} catch (error) {
		return { expression, error: String(error.message) };
	}
}).filter((one) => one);
console.log(JSON.stringify({ context, cases }));
