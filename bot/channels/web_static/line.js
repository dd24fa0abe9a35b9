/* The line to the server: a socket where there is one, questions again and again where there is none.
   What was not confirmed stays in memory and goes out again, under the same key, when the line is back. */
(function () {
  "use strict";

  const PAUSES = [500, 1000, 2000, 4000, 8000, 15000];
  const CONFIRMED_WITHIN = 8000;
  const TRIES_BEFORE_ASKING = 3;

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /* `tell` has: delivery(said), got(key), refused(key, why), state(isOn). */
  function openLine(tell) {
    const unsent = new Map();
    let socket = null;
    let failures = 0;
    let everOpen = false;
    let asking = false;
    let again = 0;

    function heard(answer) {
      if (answer.got) {
        unsent.delete(answer.got);
        tell.got(answer.got);
      } else if (answer.why) {
        const key = answer.refused || Array.from(unsent.keys()).pop();
        unsent.delete(key);
        tell.refused(key, answer.why);
      } else if (answer.parts) {
        tell.delivery(answer);
      }
    }

    function connect() {
      if (!("WebSocket" in window) || (failures >= TRIES_BEFORE_ASKING && !asking)) return ask();
      let mine;
      try {
        mine = socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/chat/socket");
      } catch (refused) {
        failures = TRIES_BEFORE_ASKING;
        return ask();
      }
      mine.onopen = () => {
        everOpen = true;
        failures = 0;
        tell.state(true);
        unsent.forEach(push);
      };
      mine.onmessage = (event) => heard(JSON.parse(event.data));
      mine.onclose = () => mine === socket && lost();
    }

    function lost() {
      socket = null;
      failures += 1;
      tell.state(false);
      clearTimeout(again);
      again = setTimeout(connect, wait());
    }

    function wait() {
      return PAUSES[Math.min(failures, PAUSES.length) - 1] * (0.75 + Math.random() / 2);
    }

    async function ask() {
      if (asking) return;
      asking = true;
      let first = true;
      while (asking) {
        try {
          await askOnce(first);
          first = false;
        } catch (away) {
          failures += 1;
          tell.state(false);
          await pause(wait());
        }
      }
      connect();
    }

    async function askOnce(first) {
      const answer = await fetch("/chat/messages" + (first ? "?first=1" : ""), { credentials: "same-origin" });
      if (answer.status === 401) {
        await lotse.begin();
        failures = 0;
        asking = !("WebSocket" in window);
        return;
      }
      if (!answer.ok) throw new Error("answer " + answer.status);
      tell.state(true);
      failures = 0;
      (await answer.json()).deliveries.forEach(heard);
      unsent.forEach(push);
      if (everOpen) asking = false;
    }

    async function post(frame) {
      const answer = await fetch("/chat/messages", {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(frame),
      });
      if (answer.ok) heard(await answer.json());
    }

    function push(frame) {
      if (asking) {
        post(frame).catch(() => tell.state(false));
      } else if (socket && socket.readyState === 1) {
        const through = socket;
        through.send(JSON.stringify(frame));
        if (frame.key) setTimeout(() => unsent.has(frame.key) && through === socket && drop(), CONFIRMED_WITHIN);
      }
    }

    /* A phone that changed its network still believes in the old line. */
    function drop() {
      const old = socket;
      lost();
      old.close();
    }

    window.addEventListener("online", () => {
      if (socket || asking) return;
      clearTimeout(again);
      connect();
    });

    connect();
    return {
      send(frame) {
        if (unsent.has(frame.key)) return;
        unsent.set(frame.key, frame);
        push(frame);
      },
      ack: (id) => push({ ack: id }),
    };
  }

  lotse.openLine = openLine;
  /* The server makes the cookie where there is none; its answer carries the mark of the page's forms. */
  lotse.begin = async () => {
    const how = { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" } };
    const answer = await fetch("/chat/begin", how);
    if (!answer.ok) throw new Error("answer " + answer.status);
    const mark = (await answer.json()).mark;
    document.querySelectorAll("input[name=mark]").forEach((field) => (field.value = mark));
    document.getElementById("leave").hidden = false;
  };
})();
