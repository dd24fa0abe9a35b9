/* A voice message is recorded where the browser can, a picture is made small; both go out as files, and are in memory
   only until then. */
(function () {
  "use strict";

  const LONGEST_SECONDS = 120;
  const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
  const WIDEST = 1600;
  const at = (id) => document.getElementById(id);

  function canRecord() {
    const devices = navigator.mediaDevices;
    return !!(window.isSecureContext && devices && devices.getUserMedia && window.MediaRecorder && kind());
  }

  function kind() {
    return KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  }

  /* `tell` has: voice(blob, seconds), noMicrophone(), resized(). */
  function openRecorder(tell) {
    let recorder = null;
    let pieces = [];
    let began = 0;
    let ticking = 0;
    let wanted = false;
    let allowed = !at("attach").hidden;

    function show() {
      at("recorder").hidden = !recorder;
      at("attach").hidden = !!recorder || !allowed;
      at("composer").hidden = !!recorder;
      tell.resized();
    }

    function seconds() {
      return Math.min(LONGEST_SECONDS, Math.floor((Date.now() - began) / 1000));
    }

    function tick() {
      const now = seconds();
      at("clock").textContent = Math.floor(now / 60) + ":" + String(now % 60).padStart(2, "0");
      if (now >= LONGEST_SECONDS) end(true);
    }

    async function begin() {
      if (recorder) return;
      let sound;
      try {
        sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch (refused) {
        return tell.noMicrophone();
      }
      recorder = new MediaRecorder(sound, { mimeType: kind(), audioBitsPerSecond: 24000 });
      pieces = [];
      recorder.ondataavailable = (event) => event.data.size && pieces.push(event.data);
      recorder.onstop = () => {
        sound.getTracks().forEach((track) => track.stop());
        const blob = new Blob(pieces, { type: recorder.mimeType });
        recorder = null;
        pieces = [];
        show();
        if (wanted && blob.size) tell.voice(blob, at("clock").textContent);
      };
      recorder.start();
      began = Date.now();
      ticking = setInterval(tick, 250);
      tick();
      show();
      at("keep").focus();
    }

    function end(isWanted) {
      if (!recorder || recorder.state === "inactive") return;
      wanted = isWanted;
      clearInterval(ticking);
      recorder.stop();
    }

    at("record").hidden = !canRecord();
    at("record").addEventListener("click", begin);
    at("keep").addEventListener("click", () => end(true));
    at("drop").addEventListener("click", () => end(false));
    return {
      /* On the next screen nothing may be asked for that can be said. */
      allow(isAllowed) {
        allowed = isAllowed;
        if (!allowed) end(false);
        show();
      },
    };
  }

  /* Small enough to send, and upright: the browser knows how the camera was held. What it cannot read goes as it is. */
  async function smaller(file) {
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, WIDEST / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
      return blob || file;
    } catch (unreadable) {
      return file;
    }
  }

  /* Answers `null` where it arrived, else the word that says why not. */
  async function upload(blob, key) {
    const body = new FormData();
    body.append("mark", document.querySelector("input[name=mark]").value);
    body.append("key", key);
    body.append("file", blob, "file");
    const options = { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" }, body };
    try {
      const answer = await fetch("/chat/recording", options);
      const said = await answer.json();
      return said.got ? null : said.why || "not_understood";
    } catch (away) {
      return "not_understood";
    }
  }

  lotse.record = { openRecorder, smaller, upload };
})();
