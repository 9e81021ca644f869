"use strict";
// The operator's console: everything that the public page must not show.
(() => {
  const element = (id) => document.getElementById(id);
  const clock = new ServerClock();
  const warnings = new Map(); // warning id -> warning
  let map = null;
  let token = "";
  let newestTracks = [];
  let explained = null; // the id of the area whose reasons are shown

  const LINK_LOST_SECONDS = 10;
  const LOG_LINES = 60;
  const STAGES = ["takeShelter", "watch", "clearing"]; // the most urgent first
  const SENSORS_EVERY_SECONDS = 5;
  const REASONS_EVERY_SECONDS = 5;

  const headers = () => ({ Authorization: `Bearer ${token}` });

  class SignedOut extends Error {}

  // What an operator should know of a sensor first.
  function standing(sensor) {
    const offset = sensor.clockOffsetSeconds;
    const side = offset > 0 ? "ahead" : "behind";
    if (sensor.quarantined) return `clock wrong by ${Math.abs(offset).toFixed(0)} s: not used`;
    if (offset) return `${sensor.state}, clock ${Math.abs(offset).toFixed(1)} s ${side}, corrected`;
    return sensor.state;
  }

  async function fetchJSON(path) {
    const response = await fetch(path, { headers: headers() });
    if (response.status === 401) throw new SignedOut();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }

  // EventSource cannot send a header, and a token does not belong in an address.
  async function readStream(path, handle) {
    const response = await fetch(path, { headers: { ...headers(), Accept: "text/event-stream" } });
    if (response.status === 401) throw new SignedOut();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let pending = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      pending += value;
      const blocks = pending.split("\n\n");
      pending = blocks.pop();
      for (const block of blocks) {
        const lines = block.split("\n");
        const field = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim()).join("\n");
        if (field("data")) handle(field("event"), JSON.parse(field("data")));
      }
    }
  }

  function handle(event, data) {
    if (data.at) clock.set(data.at, data.rate ?? 1);
    if (event === "tracks") { newestTracks = data.tracks; showTracks(); }
    if (event === "snapshot") { warnings.clear(); data.warnings.forEach(keep); showWarnings(); }
    if (event === "warning") { keep(data); log(data); showWarnings(); }
    showLink();
  }

  function keep(warning) {
    if (warning.stage === "quiet") warnings.delete(warning.id);
    else warnings.set(warning.id, warning);
    // An area may have a live and an exercise warning: the live one colours the map.
    const ofArea = [...warnings.values()].filter((other) => other.area === warning.area);
    const shown = ofArea.find((other) => !other.exercise) ?? ofArea[0];
    map.showStage(warning.area, shown ? shown.stage : "quiet");
  }

  function row(cells, data) {
    const line = document.createElement("tr");
    Object.assign(line.dataset, data);
    for (const cell of cells) {
      const box = document.createElement("td");
      box.append(cell);
      line.append(box);
    }
    return line;
  }

  function showWarnings() {
    const earliest = (warning) => (warning.arrival ? Date.parse(warning.arrival.earliest) : Infinity);
    const list = [...warnings.values()].sort((one, other) =>
      STAGES.indexOf(one.stage) - STAGES.indexOf(other.stage) || earliest(one) - earliest(other) || one.id.localeCompare(other.id));
    const left = (warning, name) => (warning.arrival ? minutesAndSeconds((Date.parse(warning.arrival[name]) - clock.now()) / 1000) : "–");
    element("warning-count").textContent = String(list.length);
    element("exercise").hidden = !list.some((warning) => warning.exercise);
    const body = element("warnings").tBodies[0];
    if (body.matches(":active")) return; // a redraw between press and release would swallow the click
    body.replaceChildren(...list.map((warning) => {
      const line = row(
        [warning.areaName, warning.stage, left(warning, "earliest"), left(warning, "likely"), warning.probability.toFixed(2), endButton(warning)],
        { stage: warning.stage, warning: warning.id });
      line.title = warning.reasonText;
      line.addEventListener("click", () => { map.lookAt(warning.area); explain(warning.area).catch(() => {}); });
      return line;
    }));
  }

  function endButton(warning) {
    const button = document.createElement("button");
    button.textContent = "end";
    button.addEventListener("click", async (event) => {
      event.stopPropagation();
      const operatorName = prompt(`End the warning for ${warning.areaName}? Your name goes into the record:`);
      if (!operatorName) return;
      await fetch(`/v1/warnings/${warning.id}/end`, {
        method: "POST", headers: { ...headers(), "Content-Type": "application/json" }, body: JSON.stringify({ operatorName }),
      });
    });
    return button;
  }

  function log(warning) {
    const item = document.createElement("li");
    const drill = warning.exercise ? "EXERCISE " : "";
    item.textContent = `${clockTime(Date.parse(warning.changedAt))} ${drill}${warning.areaName}: ${warning.previousStage} → ${warning.stage} (${warning.reasonText})`;
    element("log").prepend(item);
    while (element("log").childElementCount > LOG_LINES) element("log").lastElementChild.remove();
  }

  // Why an area is, or is not, warned: in the words of `tocsin explain`.
  async function explain(area) {
    explained = area;
    if (area === null) { element("why").hidden = true; return; }
    const { words } = await fetchJSON(`/v1/areas/${encodeURIComponent(area)}/explanation`);
    if (explained !== area) return; // another area was chosen meanwhile
    element("why-words").replaceChildren(...words.map((text, index) => {
      const item = document.createElement("li");
      item.textContent = text.trim();
      item.className = index === 0 ? "head" : text.startsWith("  ") ? "track" : "";
      return item;
    }));
    element("why").dataset.area = area;
    element("why").hidden = false;
  }

  function showTracks() {
    const shown = newestTracks.filter((track) =>
      (element("show-cooperative").checked || !track.cooperative) && (element("show-tentative").checked || track.confirmed));
    map.showTracks(shown);
    element("track-count").textContent = String(shown.length);
    const first = (track) => (track.cooperative ? 1 : 0);
    const listed = [...shown].sort((left, right) => first(left) - first(right) || left.number - right.number).slice(0, 60);
    element("tracks").tBodies[0].replaceChildren(...listed.map((track) => row(
      [
        String(track.number), track.callsign ?? track.class, track.speedMetersPerSecond.toFixed(0), `${Math.round(track.trackDegrees ?? 0)}°`,
        track.existence.toFixed(2), track.ellipse.semiMajorMeters.toFixed(0), ((clock.now() - Date.parse(track.lastReportAt)) / 1000).toFixed(0),
      ],
      { track: String(track.number) })));
  }

  async function showSensors() {
    const { sensors, uncoveredAreas } = await fetchJSON("/v1/sensors");
    map.showSensors(sensors);
    const healthy = sensors.filter((sensor) => sensor.state === "healthy").length;
    element("sensor-count").textContent = `${healthy} of ${sensors.length} healthy${uncoveredAreas.length ? `; ${uncoveredAreas.length} areas NOT COVERED` : ""}`;
    const rank = (sensor) => (sensor.kind === "radar" ? 0 : sensor.state === "healthy" ? 2 : 1);
    const listed = [...sensors].sort((left, right) => rank(left) - rank(right) || right.reports - left.reports).slice(0, 40);
    element("sensors").tBodies[0].replaceChildren(...listed.map((sensor) => row(
      [sensor.id, sensor.kind, standing(sensor), String(sensor.reports), String(sensor.rejected)], { state: sensor.state })));
    const ready = await (await fetch("/readyz")).json();
    element("health").textContent = `journal ${ready.journal?.status ?? "unknown"}`;
  }

  function showLink() {
    const live = clock.silence() <= LINK_LOST_SECONDS && document.body.dataset.link !== "none";
    element("link").textContent = live ? "live" : "NO LINK: what you see is old";
    document.body.dataset.link = live ? "live" : "lost";
    element("clock").textContent = new Date(clock.now()).toISOString().slice(0, 19).replace("T", " ") + " UTC";
  }

  async function follow() {
    for (;;) {
      try {
        await readStream("/v1/operator/stream", (event, data) => { document.body.dataset.link = "live"; handle(event, data); });
      } catch (error) {
        if (error instanceof SignedOut) return signIn("That token is not valid.");
      }
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }

  function signIn(message) {
    sessionStorage.removeItem("tocsin-operator");
    element("sign-in").hidden = false;
    element("sign-in-error").textContent = message;
    element("token").focus();
  }

  async function open() {
    try {
      await showSensors();
    } catch (error) {
      if (error instanceof SignedOut) return signIn(token ? "That token is not valid." : "");
    }
    element("sign-in").hidden = true;
    sessionStorage.setItem("tocsin-operator", token);
    setInterval(() => showSensors().catch(() => {}), SENSORS_EVERY_SECONDS * 1000);
    setInterval(() => { if (explained !== null) explain(explained).catch(() => {}); }, REASONS_EVERY_SECONDS * 1000);
    follow();
  }

  async function start() {
    // The link printed at the first start carries the token behind '#', which browsers do not send to servers.
    const given = new URLSearchParams(location.hash.slice(1)).get("token");
    if (given) history.replaceState(null, "", location.pathname);
    token = given ?? sessionStorage.getItem("tocsin-operator") ?? "";
    map = new ConsoleMap("map");
    const outlines = await fetch("/assets/outlines.geojson");
    if (outlines.ok) map.drawBackdrop(await outlines.json());
    map.drawAreas(await (await fetch("/v1/areas")).json(), (area) => explain(area).catch(() => {}));
    const status = await (await fetch("/v1/status")).json();
    element("system").textContent = status.system;
    element("sign-in").addEventListener("submit", (event) => {
      event.preventDefault();
      token = element("token").value.trim();
      open();
    });
    for (const id of ["show-cooperative", "show-tentative"]) element(id).addEventListener("change", showTracks);
    element("show-sensors").addEventListener("change", () => map.showSensorLayer(element("show-sensors").checked));
    element("why-close").addEventListener("click", () => explain(null));
    setInterval(() => { showLink(); showWarnings(); }, 1000);
    open();
  }

  start();
})();
