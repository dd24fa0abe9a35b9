/* The page that the server has written comes alive: nothing here is needed to get through the conversation,
   and nothing is kept outside this page's memory. */
(function () {
  "use strict";

  if (!window.fetch || !window.Map || !Element.prototype.append) return;

  const LONGEST_FRAME = 8192;
  const SHOW_WAITING_AFTER = 600;
  const at = (id) => document.getElementById(id);
  const log = at("log");
  let say = at("say");
  const view = lotse.view;
  const shown = new Set();
  const mine = new Map();
  const keys = new Map();
  const done = new Set();
  let ui = JSON.parse(document.body.dataset.words);
  let screen = null;
  let seen = 0;
  let alive = false;
  let byKeyboard = false;
  let waiting = 0;
  let line = null;
  let recorder = null;

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* The same tap on the same screen is the same message, however often the finger comes down. */
  function keyOf(tap) {
    const which = seen + " " + tap;
    if (!keys.has(which)) keys.set(which, newKey());
    return keys.get(which);
  }

  function notice(text) {
    at("notice").textContent = text || "";
    at("notice").hidden = !text;
  }

  function awaitAnswer(isOn) {
    clearTimeout(waiting);
    at("writing").hidden = true;
    if (!isOn) return;
    waiting = setTimeout(() => {
      at("writing").textContent = ui.writing;
      at("writing").hidden = false;
      toEnd();
    }, SHOW_WAITING_AFTER);
  }

  function toEnd() {
    window.scrollTo(0, document.documentElement.scrollHeight);
  }

  function showFrom(element) {
    const before = element.previousElementSibling;
    const start = before && before.classList.contains("mine") && before.offsetHeight < 120 ? before : element;
    const room = at("bottom").getBoundingClientRect().top - document.querySelector("header").offsetHeight;
    if (element.getBoundingClientRect().bottom - start.getBoundingClientRect().top < room) toEnd();
    else start.scrollIntoView({ block: "start" });
  }

  function send(frame, text) {
    const element = view.mine(text, ui);
    mine.set(frame.key, { element, frame });
    log.append(element);
    toEnd();
    setTimeout(() => mine.has(frame.key) && (element.querySelector(".state").hidden = false), 2000);
    awaitAnswer(true);
    line.send(frame);
  }

  function sendText() {
    const text = say.value;
    if (!text.trim()) return;
    const frame = { text, key: newKey() };
    if (JSON.stringify(frame).length > LONGEST_FRAME) return notice(ui.too_long);
    notice("");
    say.value = "";
    grow();
    send(frame, text.trim());
  }

  /* What was said or shown stands in the log at once; should it not arrive, it goes again and the reason is said. */
  async function sendFile(blob, text) {
    const key = newKey();
    const element = view.mine(text, ui);
    log.append(element);
    toEnd();
    notice("");
    awaitAnswer(true);
    setTimeout(() => element.querySelector(".state") && (element.querySelector(".state").hidden = false), 2000);
    const why = await lotse.record.upload(blob, key);
    if (why === null) return element.querySelector(".state").remove();
    element.remove();
    awaitAnswer(false);
    notice(ui[why] || ui.not_understood);
  }

  async function sendPicture() {
    const file = at("picture").files[0];
    at("picture").value = "";
    if (file) sendFile(await lotse.record.smaller(file), "🖼️ " + ui.said_picture);
  }

  function tap(button) {
    if (!screen || button.disabled) return;
    const key = keyOf(button.value);
    if (mine.has(key) || done.has(key)) return;
    if (button.classList.contains("choice")) {
      button.classList.add("chosen");
      button.parentElement.querySelectorAll("button").forEach((other) => (other.disabled = true));
    }
    send({ tap: button.value, on: screen, key }, button.textContent);
  }

  const tell = {
    delivery(said) {
      if (shown.has(said.id)) return ackOf(said);
      if (!alive) wake();
      shown.add(said.id);
      /* A reminder, or words of a colleague, come between two screens and take nothing away. */
      const isScreen = said.nav.length > 0;
      if (isScreen) view.close(log);
      const element = view.message(said);
      log.append(element);
      ui = said.ui;
      if (isScreen) newScreen(said, element);
      lotse.aloud.offer(element, ui);
      if (isScreen) awaitAnswer(false);
      showFrom(element);
      ackOf(said);
    },
    got(key) {
      done.add(key);
      if (mine.has(key)) mine.get(key).element.querySelector(".state").remove();
      mine.delete(key);
    },
    refused(key, why) {
      notice(ui[why] || ui.not_understood);
      awaitAnswer(false);
      const back = mine.get(key);
      mine.delete(key);
      if (!back) return;
      back.element.remove();
      if (back.frame.text && !say.value) say.value = back.frame.text;
      grow();
    },
    state(isOn) {
      clearTimeout(tell.late);
      if (isOn) return backAgain();
      tell.late = setTimeout(sayLost, 700);
    },
  };

  function sayLost() {
    at("lost").textContent = ui.lost;
    at("lost").hidden = false;
    awaitAnswer(false);
  }

  function backAgain() {
    if (at("lost").hidden) return;
    at("lost").hidden = true;
    if (mine.size) awaitAnswer(true);
  }

  function ackOf(said) {
    if (!said.again) line.ack(said.id);
  }

  function newScreen(said, element) {
    screen = said.screen;
    seen = said.id;
    view.dressPage(said);
    dressField(said.asks);
    recorder.allow(said.records);
    view.progress(said.progress);
    const focused = document.activeElement && at("nav").contains(document.activeElement) ? document.activeElement.value : null;
    at("nav").textContent = "";
    view.nav(said).forEach((button) => at("nav").append(button));
    measure();
    if (byKeyboard && (focused || document.activeElement === document.body)) element.focus({ preventScroll: true });
    byKeyboard = false;
  }

  /* The first words over the line take the place of the page that the server wrote. */
  function wake() {
    alive = true;
    log.textContent = "";
    at("bottom").hidden = false;
    if (at("start")) at("start").remove();
  }

  function dressField(asks) {
    const had = document.activeElement === say;
    say = view.field(say, asks, ui);
    if (had) say.focus({ preventScroll: true });
    grow();
  }

  function grow() {
    if (say.tagName !== "TEXTAREA") return;
    say.style.height = "auto";
    say.style.height = say.scrollHeight + 4 + "px";
  }

  /* What gets the focus is not hidden behind the bars. */
  function measure() {
    const style = document.documentElement.style;
    style.setProperty("scroll-padding-top", document.querySelector("header").offsetHeight + 8 + "px");
    style.setProperty("scroll-padding-bottom", at("bottom").offsetHeight + 8 + "px");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=tap]");
    if (!button || !alive) return;
    event.preventDefault();
    byKeyboard = event.detail === 0;
    tap(button);
  });
  at("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    sendText();
    say.focus();
  });
  at("composer").addEventListener("keydown", (event) => {
    if (event.target !== say || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendText();
  });
  at("composer").addEventListener("input", () => {
    grow();
    notice("");
  });
  document.documentElement.classList.add("scripted");
  at("picture").addEventListener("change", sendPicture);
  recorder = lotse.record.openRecorder({
    voice: (blob, time) => sendFile(blob, "🎙️ " + ui.said_voice + " (" + time + ")"),
    noMicrophone: () => notice(ui.no_microphone),
    resized: measure,
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") at("leave").open = false;
  });
  window.addEventListener("resize", measure);
  /* A page that comes back by the back button may belong to somebody who has left. */
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());

  async function open() {
    if (document.body.dataset.begin) {
      at("start").hidden = true;
      awaitAnswer(true);
      await lotse.begin();
    }
    line = lotse.openLine(tell);
  }

  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  open().catch(() => {
    at("start").hidden = false;
    awaitAnswer(false);
  });
})();
