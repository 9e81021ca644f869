"use strict";
// The public page: one place, one answer. Danger or not, how long, what to do.
(() => {
  const element = (id) => document.getElementById(id);
  const clock = new ServerClock();
  const warnings = new Map(); // area id -> the area's newest warning; a live one outranks an exercise
  let areas = [];
  let place = null;
  let language = "en";
  let linked = false;

  const LINK_LOST_SECONDS = 10; // two heartbeats
  const ENDED_SHOWN_SECONDS = 600; // how long "all clear" stays before "no danger known", in the server's time

  const text = (key) => TEXTS[language][key] ?? TEXTS.en[key] ?? key;
  const key = (warning) => `${warning.area} ${warning.exercise}`;

  function warningOf(area) {
    const live = warnings.get(`${area} false`);
    const drill = warnings.get(`${area} true`);
    const counts = (warning) => warning && (warning.stage !== "quiet" || clock.now() - Date.parse(warning.changedAt) < ENDED_SHOWN_SECONDS * 1000);
    if (counts(live) && (live.stage !== "quiet" || !drill || drill.stage === "quiet")) return live;
    return counts(drill) ? drill : null;
  }

  function listen() {
    const source = new EventSource("/v1/warnings/stream");
    const heard = (event) => {
      const data = JSON.parse(event.data);
      linked = true;
      if (data.at) clock.set(data.at, data.rate);
      return data;
    };
    source.addEventListener("snapshot", (event) => {
      warnings.clear();
      for (const warning of heard(event).warnings) warnings.set(key(warning), warning);
      render();
    });
    source.addEventListener("warning", (event) => {
      const warning = heard(event);
      warnings.set(key(warning), warning);
      render();
    });
    source.addEventListener("heartbeat", heard);
  }

  function render() {
    const lost = !linked || clock.silence() > LINK_LOST_SECONDS;
    element("link").hidden = clock.silence() <= LINK_LOST_SECONDS;
    element("clock").textContent = linked ? clockTime(clock.now()) : "";
    if (!place) return;
    const warning = warningOf(place.id);
    const stage = lost ? "unknown" : !warning ? "quiet" : warning.stage === "quiet" ? "ended" : warning.stage;
    document.body.dataset.stage = stage;
    element("exercise").hidden = !(warning && warning.exercise);
    show("where", place.properties.name);
    show("headline", text(stage));
    show("instruction", text(`do${stage[0].toUpperCase()}${stage.slice(1)}`));
    show("why", warning && !lost ? text(warning.reason) : "");
    document.title = `${text(stage)}: ${place.properties.name}`;
    renderTimes(stage === "watch" || stage === "takeShelter" ? warning.arrival : null);
  }

  // Only writes what changed, so that a screen reader is not made to repeat itself.
  function show(id, value) {
    if (element(id).textContent !== value) element(id).textContent = value;
  }

  function renderTimes(arrival) {
    element("times").hidden = !arrival;
    if (!arrival) return;
    const left = (name) => (Date.parse(arrival[name]) - clock.now()) / 1000;
    const shelter = place.properties.secondsToShelter;
    show("countdown", left("earliest") > 0 ? minutesAndSeconds(left("earliest")) : text("mayBeHere"));
    for (const name of ["earliest", "likely", "latest"]) {
      show(name, `${minutesAndSeconds(left(name))} (${clockTime(Date.parse(arrival[name]))})`);
    }
    show("shelter-time", text("shelterTime").replace("{seconds}", String(shelter)));
    const scale = Math.max(left("latest"), shelter, 1);
    const percent = (seconds) => `${Math.max(0, Math.min(100, (seconds / scale) * 100))}%`;
    element("range-shelter").style.width = percent(shelter);
    element("range-span").style.left = percent(left("earliest"));
    element("range-span").style.width = percent(left("latest") - Math.max(0, left("earliest")));
    element("range-likely").style.left = percent(left("likely"));
  }

  function choose(area) {
    place = area;
    localStorage.setItem("tocsin-place", area.id);
    element("place").value = area.properties.name;
    closeMatches();
    render();
  }

  // Names are compared without case and accents: "zurich" finds Zürich.
  const plain = (name) => name.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

  function matches(query) {
    const wanted = plain(query.trim());
    if (!wanted) return [];
    const rank = (area) => (plain(area.properties.name).startsWith(wanted) ? 0 : 1);
    return areas
      .filter((area) => [area.properties.name, ...Object.values(area.properties.names)].some((name) => plain(name).includes(wanted)))
      .sort((left, right) => rank(left) - rank(right) || right.properties.population - left.properties.population)
      .slice(0, 12);
  }

  let offered = [];
  let selected = 0;

  function showMatches() {
    const query = element("place").value;
    offered = matches(query);
    selected = 0;
    const list = element("matches");
    list.replaceChildren(...offered.map((area, index) => {
      const item = document.createElement("li");
      item.role = "option";
      item.id = `match-${index}`;
      item.textContent = area.properties.name;
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(area); });
      return item;
    }));
    if (offered.length === 0 && query.trim()) {
      const item = document.createElement("li");
      item.textContent = text("nobody");
      list.append(item);
    }
    list.hidden = list.childElementCount === 0;
    element("place").setAttribute("aria-expanded", String(!list.hidden));
    markSelected();
  }

  function markSelected() {
    offered.forEach((_, index) => element(`match-${index}`).setAttribute("aria-selected", String(index === selected)));
    element("place").setAttribute("aria-activedescendant", offered.length > 0 ? `match-${selected}` : "");
  }

  function closeMatches() {
    element("matches").hidden = true;
    element("place").setAttribute("aria-expanded", "false");
  }

  /** All rings, holes too: polygons of one area do not overlap, so that crossings can be counted over all of them. */
  function rings({ geometry }) {
    return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  }

  function contains(area, longitude, latitude) {
    let inside = false;
    for (const ring of rings(area)) {
      for (let index = 0, previous = ring.length - 1; index < ring.length; previous = index, index += 1) {
        const [x1, y1] = ring[index];
        const [x2, y2] = ring[previous];
        if (y1 > latitude !== y2 > latitude && longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      }
    }
    return inside;
  }

  function nearest(longitude, latitude) {
    const scale = Math.cos((latitude * Math.PI) / 180);
    const distance = (area) => Math.min(...rings(area).flat().map(([x, y]) => Math.hypot((x - longitude) * scale, y - latitude)));
    return areas.reduce((best, area) => (distance(area) < distance(best) ? area : best));
  }

  function locate() {
    if (!navigator.geolocation || areas.length === 0) return show("why", text("noPosition"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = areas.find((area) => contains(area, coords.longitude, coords.latitude));
        if (here) return choose(here);
        const close = nearest(coords.longitude, coords.latitude);
        choose(close);
        show("why", text("notCovered").replace("{name}", close.properties.name));
      },
      () => show("why", text("noPosition")));
  }

  function setLanguage(code) {
    language = code;
    localStorage.setItem("tocsin-language", code);
    document.documentElement.lang = code;
    for (const labelled of document.querySelectorAll("[data-text]")) {
      if (labelled.id !== "headline" || !place) labelled.textContent = text(labelled.dataset.text);
    }
    render();
  }

  function prepareLanguages() {
    const chooser = element("language");
    for (const [code, texts] of Object.entries(TEXTS)) chooser.append(new Option(texts.languageName, code));
    const wished = localStorage.getItem("tocsin-language") ?? navigator.language.slice(0, 2);
    chooser.value = wished in TEXTS ? wished : "en";
    chooser.addEventListener("change", () => setLanguage(chooser.value));
    setLanguage(chooser.value);
  }

  function prepareSearch() {
    const field = element("place");
    field.addEventListener("input", showMatches);
    field.addEventListener("blur", closeMatches);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closeMatches();
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      selected = Math.max(0, Math.min(offered.length - 1, selected + (event.key === "ArrowDown" ? 1 : -1)));
      markSelected();
    });
    element("search").addEventListener("submit", (event) => {
      event.preventDefault();
      if (offered[selected]) choose(offered[selected]);
    });
    element("locate").addEventListener("click", locate);
  }

  async function start() {
    prepareLanguages();
    prepareSearch();
    listen();
    setInterval(render, 250);
    areas = (await (await fetch("/v1/areas")).json()).features;
    const wished = new URLSearchParams(location.search).get("area") ?? localStorage.getItem("tocsin-place");
    const area = areas.find((candidate) => candidate.id === wished);
    if (area) choose(area);
  }

  start();
})();
