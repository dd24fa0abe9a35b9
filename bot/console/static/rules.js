/* Two comforts for who has a script; without it every page does the same by buttons. A form is checked while one
   types: the page itself is asked, and only its verdict is put in place. A rule can be dragged to another place. */
"use strict";

document.documentElement.classList.add("scripted");

const PAUSE = 400;

function checksItself(form) {
  const verdict = document.getElementById(form.dataset.check);
  let timer = 0;
  let asked = null;
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const body = new FormData(form);
    body.set("tun", "pruefen");
    verdict.classList.add("is-waiting");
    try {
      const answer = await fetch(location.href.split("#")[0], {method: "POST", body, signal: asked.signal});
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(form.dataset.check);
      if (fresh && fresh.innerHTML !== verdict.innerHTML) verdict.replaceChildren(...fresh.childNodes);
    } catch (fault) {
      if (fault.name !== "AbortError") return;
    } finally {
      verdict.classList.remove("is-waiting");
    }
  }
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }
  form.addEventListener("input", soon);
  form.addEventListener("input", (event) => {
    const list = event.target.closest("details.pick");
    if (!list) return;
    const said = Array.from(list.querySelectorAll(":checked"), (box) => box.labels[0].textContent);
    list.querySelector(".pick-said").textContent = said.join(", ") || "egal";
  });
}

function canBeDragged(table, form) {
  let dragged = null;
  const rows = Array.from(table.querySelectorAll("tr[data-rule]"));
  const clear = () => rows.forEach((row) => row.classList.remove("is-over-top", "is-over-bottom", "is-dragged"));
  const below = (row, event) => {
    const box = row.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  };
  rows.forEach((row) => {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.title = "Ziehen, um die Regel zu verschieben";
    grip.setAttribute("aria-hidden", "true");
    grip.textContent = "⠿";
    grip.draggable = true;
    row.querySelector(".rule-n").prepend(grip);
    grip.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.rule);
      event.dataTransfer.setDragImage(row, 20, 20);
    });
    grip.addEventListener("dragend", () => { dragged = null; clear(); });
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      clear();
      dragged.classList.add("is-dragged");
      row.classList.add(below(row, event) ? "is-over-bottom" : "is-over-top");
    });
    row.addEventListener("drop", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const from = Number(dragged.dataset.place);
      const at = Number(row.dataset.place) + (below(row, event) ? 1 : 0);
      const to = from < at ? at - 1 : at;
      if (to === from) return;
      const field = form.querySelector("input[name=tun]");
      field.disabled = false;
      field.value = `platz:${dragged.dataset.rule}:${to}`;
      form.submit();
    });
  });
}

document.querySelectorAll("form[data-check]").forEach(checksItself);
const table = document.querySelector("table.rules[data-draft]");
if (table) canBeDragged(table, document.getElementById("regeln"));
