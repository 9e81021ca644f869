"use strict";
// The server's clock, as told in every message. In a demonstration it runs faster than the wall's.
class ServerClock {
  #at = Date.now();
  #heard = performance.now();
  #rate = 1;

  set(at, rate) {
    this.#at = Date.parse(at);
    this.#rate = rate;
    this.#heard = performance.now();
  }

  now() { return this.#at + (performance.now() - this.#heard) * this.#rate; }

  /** Wall seconds since the server was last heard. */
  silence() { return (performance.now() - this.#heard) / 1000; }
}

/** Seconds as m:ss, or h:mm:ss. */
function minutesAndSeconds(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

function clockTime(milliseconds) { return new Date(milliseconds).toLocaleTimeString([], { hour12: false }); }
