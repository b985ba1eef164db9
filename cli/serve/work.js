/* SPDX-License-Identifier: EUPL-1.2 */
/* What is wrong has the focus; what is typed is kept as a draft, without this
   by the button. */
"use strict";
for (const wrong of document.querySelectorAll(".alert.error")) {
	wrong.tabIndex = -1;
	wrong.focus();
}
for (const field of document.querySelectorAll("form textarea#antwoord")) {
	const form = field.form;
	const told = document.createElement("p");
	let waiting = 0, last = field.value;
	told.className = "kept";
	told.setAttribute("role", "status");
	field.after(told);
	const keep = async () => {
		if (field.value === last)
			return;
		const text = field.value;
		const sent = await fetch(location.pathname + "/_concept", {
			method: "PUT",
			body: new URLSearchParams(new FormData(form)),
		}).catch(() => null);
		if (!sent || !sent.ok)
			return;
		last = text;
		const nl = document.documentElement.lang === "nl";
		const at = new Date().toLocaleTimeString(document.documentElement.lang,
			{ hour: "2-digit", minute: "2-digit" });
		told.textContent = (nl ? "Concept bewaard om " : "Draft kept at ") + at;
	};
	field.addEventListener("input", () => {
		clearTimeout(waiting);
		waiting = setTimeout(keep, 1000);
	});
	field.addEventListener("keydown", (event) => {
		if (event.ctrlKey && event.key === "Enter")
			form.requestSubmit(form.querySelector("button.main"));
	});
	form.addEventListener("submit", () => { last = field.value; });
	addEventListener("beforeunload", (event) => {
		if (field.value !== last)
			event.preventDefault();
	});
}
/* What others saved meanwhile is said, and nothing on the page is replaced. */
const seen = document.querySelector("input[name=_gezien]");
const told = document.createElement("p");
told.className = "alert";
told.setAttribute("role", "status");
const look = async () => {
	const [, place, ...rest] = location.pathname.split("/");
	const asked = new URLSearchParams({ bij: rest.join("/"), sinds: seen.value });
	const answer = document.hidden ? null
		: await fetch(`/${place}/_stand?${asked}`).catch(() => null);
	const { changed } = answer && answer.ok ? await answer.json() : {};
	if (!changed)
		return;
	const nl = document.documentElement.lang === "nl";
	const again = document.createElement("a");
	again.href = location.href;
	again.textContent = nl ? "Opnieuw kijken" : "Look again";
	told.replaceChildren(nl
		? `Anderen wijzigden hier ${changed === 1 ? "1 antwoord" : changed + " antwoorden"}. `
		: `Others changed ${changed === 1 ? "1 answer" : changed + " answers"} here. `, again);
	document.querySelector("main").prepend(told);
};
if (seen)
	setInterval(look, 10000);
