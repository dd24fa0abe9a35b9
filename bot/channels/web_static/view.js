/* What can be seen: messages become elements, word by word, never as markup. */
(function () {
  "use strict";

  const lotse = (window.lotse = {});
  const MANY = 8;

  function make(tag, attributes, children) {
    const element = document.createElement(tag);
    Object.keys(attributes || {}).forEach((name) => {
      if (attributes[name] !== null) element.setAttribute(name, attributes[name]);
    });
    (children || []).forEach((child) => element.append(child));
    return element;
  }

  function run(part) {
    if (!part.href) return document.createTextNode(part.t);
    const away = part.href.startsWith("tel:") ? {} : { target: "_blank", rel: "noopener noreferrer" };
    return make("a", Object.assign({ href: part.href, dir: "ltr" }, away), [part.t]);
  }

  function block(part) {
    if (part.kind === "ul") return make("ul", {}, part.lines.map((line) => make("li", {}, line.map(run))));
    const inside = [];
    part.lines.forEach((line, n) => {
      if (n) inside.push(make("br"));
      line.forEach((one) => inside.push(run(one)));
    });
    return make("p", {}, inside);
  }

  function choices(said) {
    const buttons = said.choices.map((choice) =>
      make("button", { class: "choice", type: "button", name: "tap", value: choice.id }, [choice.label])
    );
    return make("div", { class: "choices", role: "group", "aria-label": said.ui.choices }, buttons);
  }

  function file(said) {
    const name = make("bdi", {}, [said.file.name]);
    return make("a", { class: "file", href: said.file.url, download: said.file.name }, [said.ui.save_file + " ", name]);
  }

  function picture(said) {
    return make("img", { class: "picture", src: said.picture.url, alt: said.picture.text }, []);
  }

  function message(said) {
    const colleague = said.from === "person";
    const kinds = ["message", colleague ? "colleague" : "bot"];
    if (said.urgent) kinds.push("urgent");
    if (!said.nav.length) kinds.push("between");
    if ((said.choices || []).length > MANY) kinds.push("many");
    const element = make("article", { class: kinds.join(" "), lang: said.language, dir: said.dir, tabindex: "-1" }, [
      make("h2", { class: "sender" }, [colleague ? said.ui.colleague : said.ui.bot]),
      make("div", { class: "words" }, said.parts.map(block)),
    ]);
    if (said.picture) element.append(picture(said));
    if (said.file) element.append(file(said));
    if ((said.choices || []).length) element.append(choices(said));
    return element;
  }

  function mine(text, ui) {
    return make("article", { class: "message mine" }, [
      make("h2", { class: "unseen" }, [ui.you]),
      make("p", { class: "words", dir: "auto" }, [text]),
      make("p", { class: "state", hidden: "" }, [ui.sending]),
    ]);
  }

  function nav(said) {
    return said.nav.map((choice) => {
      const kind = choice.id === "nav.emergency" ? "always emergency" : "always";
      return make("button", { class: kind, type: "button", name: "tap", value: choice.id }, [choice.label]);
    });
  }

  function close(log) {
    log.querySelectorAll(".bot:not(.past):not(.between)").forEach((old) => {
      old.classList.add("past");
      old.querySelectorAll(".choice").forEach((button) => (button.disabled = true));
    });
  }

  function dressPage(said) {
    document.documentElement.lang = said.language;
    document.documentElement.dir = said.dir;
    document.title = said.ui.title;
    document.querySelectorAll("[data-word]").forEach((it) => (it.textContent = said.ui[it.dataset.word]));
    document.querySelectorAll("[data-label]").forEach((it) => it.setAttribute("aria-label", said.ui[it.dataset.label]));
    document.getElementById("say").placeholder = said.ui.say;
  }

  const KINDS = { phone: "tel", email: "email" };

  /* The field fits what is asked for: a telephone shows digits for a number. What was typed stays in it. */
  function field(old, asks, ui) {
    const kind = KINDS[asks] || "";
    if ((old.getAttribute("type") || "") === kind) return old;
    const typed = kind ? { type: kind, autocomplete: kind, dir: "ltr" } : { rows: "1", autocomplete: "off", dir: "auto" };
    const named = { id: "say", name: "text", placeholder: ui.say };
    const element = make(kind ? "input" : "textarea", Object.assign(named, typed), []);
    element.value = old.value;
    old.replaceWith(element);
    return element;
  }

  function progress(step) {
    const line = document.getElementById("progress");
    line.hidden = !step;
    if (!step) return;
    line.querySelector("p").textContent = step.text;
    line.querySelector("progress").max = step.of;
    line.querySelector("progress").value = step.step;
  }

  lotse.view = { make, message, mine, nav, close, dressPage, field, progress };
})();
