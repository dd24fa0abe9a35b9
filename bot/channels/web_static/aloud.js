/* Reading aloud, only by a voice that lives on the device: no sentence leaves it to be spoken. */
(function () {
  "use strict";

  const speech = window.speechSynthesis;
  /* Marks of direction and pictograms. */
  const UNSPOKEN = /[\u200d-\u200f\u2066-\u2069\u2190-\u2bff\ufe0f]|[\ud83c-\ud83e][\udc00-\udfff]/g;
  let speaking = null;

  function voiceFor(language) {
    if (!speech || !window.SpeechSynthesisUtterance) return null;
    const fits = (voice) => voice.localService && voice.lang.replace("_", "-").split("-")[0].toLowerCase() === language;
    return speech.getVoices().find(fits) || null;
  }

  /* Numbers to call are read digit by digit, choices after the text. */
  function wordsOf(message) {
    const lines = Array.from(message.querySelectorAll(".words p, .words li, .choice")).map((line) => {
      const copy = line.cloneNode(true);
      copy.querySelectorAll("a[href^='tel:']").forEach((link) => {
        link.textContent = link.textContent.replace(/\D/g, "").split("").join(" ");
      });
      return copy.textContent.replace(UNSPOKEN, "");
    });
    return lines.join(".\n");
  }

  function stop() {
    speech.cancel();
    if (!speaking) return;
    speaking.textContent = speaking.dataset.read;
    speaking.setAttribute("aria-pressed", "false");
    speaking = null;
  }

  function start(button, message) {
    stop();
    const utterance = new SpeechSynthesisUtterance(wordsOf(message));
    utterance.voice = voiceFor(message.lang);
    utterance.lang = utterance.voice.lang;
    utterance.rate = 0.9;
    utterance.onend = () => speaking === button && stop();
    speaking = button;
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    speech.speak(utterance);
  }

  function offer(message, ui) {
    if (message.querySelector(".aloud") || !voiceFor(message.lang)) return;
    const button = lotse.view.make("button", { class: "aloud", type: "button", "aria-pressed": "false" }, [ui.read_aloud]);
    button.dataset.read = ui.read_aloud;
    button.dataset.stop = ui.stop_reading;
    button.addEventListener("click", () => (speaking === button ? stop() : start(button, message)));
    message.querySelector(".words").after(button);
  }

  const offered = [];
  lotse.aloud = {
    offer(message, ui) {
      offered.push([message, ui]);
      offer(message, ui);
    },
  };
  /* Voices may become known only after a while. */
  if (speech && speech.addEventListener) {
    speech.addEventListener("voiceschanged", () => offered.forEach(([message, ui]) => offer(message, ui)));
  }
})();
