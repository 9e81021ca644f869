"use strict";
// The operator's map: areas by stage, tracks with their 95 % ellipses and the way they came, sensors by health.
class ConsoleMap {
  static STAGE_COLORS = { quiet: "#3c5a70", watch: "#ffcb47", takeShelter: "#ff3b3b", clearing: "#a37cff" };
  static SENSOR_COLORS = { healthy: "#4fd08a", silent: "#ff7b7b", neverHeard: "#6d7680" };
  static TRAIL_POINTS = 90;

  #map;
  #areas = new Map();
  #tracks = new Map();
  #sensors = new Map();
  #sensorLayer = L.layerGroup();

  constructor(id) {
    this.#map = L.map(id, { preferCanvas: true, attributionControl: true, zoomSnap: 0.25 }).setView([46.8, 8.2], 8);
    this.#map.attributionControl.setPrefix("");
    this.#map.createPane("tracks").style.zIndex = "650";
    this.#sensorLayer.addTo(this.#map);
  }

  /** Country outlines, if set-up has put them there; the map works without. */
  drawBackdrop(outlines) {
    L.geoJSON(outlines, { interactive: false, style: { color: "#3a5064", weight: 1.2, fillColor: "#121f2b", fillOpacity: 1 } })
      .addTo(this.#map).bringToBack();
    if (outlines.attribution) this.#map.attributionControl.addAttribution(outlines.attribution);
  }

  /** @param choose is called with the id of an area that is clicked, whatever is drawn above it */
  drawAreas(collection, choose) {
    const layer = L.geoJSON(collection, { style: () => ConsoleMap.#areaStyle("quiet") }).addTo(this.#map);
    layer.eachLayer((shape) => {
      const { id, properties } = shape.feature;
      this.#areas.set(id, shape);
      shape.bindTooltip(`${properties.name}, ${properties.population} people, ${properties.secondsToShelter} s to shelter`);
      if (properties.population >= 40000) this.#label(shape.getBounds().getCenter(), properties.name);
    });
    if (this.#areas.size > 0) this.#map.fitBounds(layer.getBounds().pad(0.05));
    this.#map.on("click", ({ latlng }) => {
      const area = this.#areaAt(latlng);
      if (area) choose(area);
    });
  }

  /** The id of the smallest area at a place; undefined if there is none. */
  #areaAt({ lat, lng }) {
    const size = (shape) => {
      const bounds = shape.getBounds();
      return (bounds.getNorth() - bounds.getSouth()) * (bounds.getEast() - bounds.getWest());
    };
    const isInside = (ring) => ring.reduce((inside, [east, north], index) => {
      const [eastBefore, northBefore] = ring[(index + ring.length - 1) % ring.length];
      const crosses = (north > lat) !== (northBefore > lat) && lng < ((eastBefore - east) * (lat - north)) / (northBefore - north) + east;
      return crosses ? !inside : inside;
    }, false);
    return [...this.#areas].filter(([, shape]) => isInside(shape.feature.geometry.coordinates[0]))
      .sort(([, left], [, right]) => size(left) - size(right))[0]?.[0];
  }

  #label(at, name) {
    L.marker(at, { icon: L.divIcon({ className: "place-label", iconSize: [0, 0] }), interactive: false }).addTo(this.#map)
      .bindTooltip(name, { permanent: true, direction: "right", className: "place-label", interactive: false });
  }

  static #areaStyle(stage) {
    const color = ConsoleMap.STAGE_COLORS[stage];
    return { color, weight: stage === "quiet" ? 0.8 : 2, fillColor: color, fillOpacity: stage === "quiet" ? 0.18 : 0.55 };
  }

  showStage(area, stage) { this.#areas.get(area)?.setStyle(ConsoleMap.#areaStyle(stage)); }

  lookAt(area) {
    const shape = this.#areas.get(area);
    if (shape) this.#map.flyToBounds(shape.getBounds().pad(3), { duration: 0.6 });
  }

  showTracks(tracks) {
    const seen = new Set(tracks.map((track) => track.number));
    for (const [number, drawn] of this.#tracks) {
      if (seen.has(number)) continue;
      for (const layer of Object.values(drawn.layers)) layer.remove();
      this.#tracks.delete(number);
    }
    for (const track of tracks) this.#showTrack(track);
  }

  #showTrack(track) {
    const at = [track.latitude, track.longitude];
    let drawn = this.#tracks.get(track.number);
    if (!drawn) {
      const color = track.cooperative ? "#61c4ff" : "#ff5c5c";
      drawn = {
        trail: [],
        layers: {
          way: L.polyline([], { color, weight: 1.2, opacity: 0.6, interactive: false }).addTo(this.#map),
          ellipse: L.polygon([], { color, weight: 1, fillOpacity: 0.12, interactive: false }).addTo(this.#map),
          marker: L.marker(at, { pane: "tracks", keyboard: false, bubblingMouseEvents: true }).addTo(this.#map),
        },
      };
      drawn.layers.marker.bindTooltip("", { className: "track-label", direction: "top" });
      this.#tracks.set(track.number, drawn);
    }
    drawn.trail.push(at);
    if (drawn.trail.length > ConsoleMap.TRAIL_POINTS) drawn.trail.shift();
    drawn.layers.way.setLatLngs(drawn.trail);
    drawn.layers.ellipse.setLatLngs(ConsoleMap.#ellipse(track));
    drawn.layers.marker.setLatLng(at).setIcon(ConsoleMap.#icon(track));
    const element = drawn.layers.marker.getElement();
    element.dataset.track = String(track.number);
    element.dataset.latitude = track.latitude.toFixed(5);
    element.dataset.longitude = track.longitude.toFixed(5);
    drawn.layers.marker.setTooltipContent(
      `#${track.number} ${track.callsign ?? track.class} ${Math.round(track.speedMetersPerSecond)} m/s`);
  }

  static #icon(track) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "18");
    svg.setAttribute("height", "18");
    svg.setAttribute("viewBox", "-9 -9 18 18");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M0 -8 L5 6 L0 3 L-5 6 Z");
    path.setAttribute("fill", "currentColor");
    path.setAttribute("transform", `rotate(${track.trackDegrees ?? 0})`);
    svg.append(path);
    const kind = `${track.cooperative ? "cooperative" : ""} ${track.confirmed ? "" : "tentative"}`;
    return L.divIcon({ html: svg, className: `track-icon ${kind}`, iconSize: [18, 18], iconAnchor: [9, 9] });
  }

  /** The 95 % ellipse as a ring of 24 points; orientation is the bearing of the major axis. */
  static #ellipse(track) {
    const { semiMajorMeters, semiMinorMeters, orientationDegrees } = track.ellipse;
    const turn = (orientationDegrees * Math.PI) / 180;
    const perDegree = 111320;
    const shrink = Math.cos((track.latitude * Math.PI) / 180);
    return Array.from({ length: 24 }, (_, index) => {
      const angle = (index * Math.PI) / 12;
      const along = semiMajorMeters * Math.cos(angle);
      const across = semiMinorMeters * Math.sin(angle);
      const north = along * Math.cos(turn) - across * Math.sin(turn);
      const east = along * Math.sin(turn) + across * Math.cos(turn);
      return [track.latitude + north / perDegree, track.longitude + east / (perDegree * shrink)];
    });
  }

  showSensors(sensors) {
    for (const sensor of sensors) {
      let drawn = this.#sensors.get(sensor.id);
      if (!drawn) {
        const at = [sensor.latitude, sensor.longitude];
        drawn = sensor.kind === "radar"
          ? L.circle(at, { radius: sensor.rangeMeters, weight: 1, fill: false, dashArray: "4 6" })
          : L.circleMarker(at, { radius: 2.5, weight: 0, fillOpacity: 0.8 });
        drawn.bindTooltip("").addTo(this.#sensorLayer);
        if (sensor.kind === "radar") L.circleMarker(at, { radius: 5, weight: 1, color: "#fff" }).bindTooltip(sensor.id).addTo(this.#sensorLayer);
        this.#sensors.set(sensor.id, drawn);
      }
      const color = ConsoleMap.SENSOR_COLORS[sensor.state];
      drawn.setStyle({ color, fillColor: color });
      drawn.setTooltipContent(`${sensor.id}: ${sensor.state}`);
    }
  }

  showSensorLayer(visible) {
    if (visible) this.#sensorLayer.addTo(this.#map);
    else this.#sensorLayer.remove();
  }
}
