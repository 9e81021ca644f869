#!/usr/bin/env python3
"""Tries the console and the public page in a real browser against a real server.

    .cache/python/bin/python Tests/Browser/browser_test.py [--screenshots FOLDER]

Starts `tocsin watch` with the demonstration's data at a higher rate on a free port of the loopback interface,
drives headless Chromium, and ends both. Prints one line per check and a count at the end.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RATE = 30
START_SECONDS = 30
LIMIT_SECONDS = 150  # of a whole check; an hour of the drill takes 120 s at this rate


class Failure(Exception):
    pass


def wait_for(what, limit_seconds, probe):
    """The first true value of `probe`, asked until the limit."""
    end = time.monotonic() + limit_seconds
    while time.monotonic() < end:
        value = probe()
        if value:
            return value
        time.sleep(0.2)
    raise Failure(f"waited {limit_seconds} s in vain for {what}")


class Server:
    """One `tocsin watch` of the demonstration, on a free port."""

    def __init__(self, folder):
        binary = subprocess.run(
            ["swift", "build", "-c", "release", "--product", "tocsin", "--show-bin-path"],
            cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip() + "/tocsin"
        text = (ROOT / "Examples/demo/tocsin.yaml").read_text()
        text = re.sub(r"port: \d+", "port: 0", text)
        text = re.sub(r"rate: \d+", f"rate: {RATE}", text)
        text = text.replace("../../", f"{ROOT}/").replace(f"{ROOT}/run/demo", f"{folder}/journal")
        configuration = pathlib.Path(folder) / "tocsin.yaml"
        configuration.write_text(text)
        self.log = open(pathlib.Path(folder) / "watch.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen([binary, "watch", str(configuration)], stdout=self.log, stderr=self.log)
        self.link = wait_for("the operator's link", START_SECONDS, lambda: self.find(r"(http://\S+/console#token=\S+)"))
        self.address = re.match(r"http://[^/]+", self.link).group(0)

    def find(self, pattern):
        if self.process.poll() is not None:
            raise Failure(f"the server ended early:\n{self.text()}")
        found = re.search(pattern, self.text())
        return found and found.group(1)

    def text(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8")

    def fetch(self, path):
        with urllib.request.urlopen(self.address + path, timeout=10) as response:
            return json.load(response)

    def stop(self):
        started = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure("the server did not stop within 10 s of Ctrl-C") from None
        return time.monotonic() - started


def open_browser():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900", "--lang=en"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    browser.set_page_load_timeout(60)
    return browser


def console_shows_a_moving_track(server, browser, shots):
    browser.get(server.link)
    tracks = wait_for("a track on the map", LIMIT_SECONDS, lambda: browser.execute_script(PLACES))
    number, before = next(iter(tracks.items()))
    wait_for("that track to move", 20, lambda: browser.execute_script(PLACES).get(number) not in (None, before))
    wait_for("the link to be live", 10, lambda: browser.execute_script("return document.body.dataset.link") == "live")
    sensors = wait_for("sensors", 20, lambda: browser.find_element(By.ID, "sensor-count").text)
    if "of 304 healthy" not in sensors and "of 30" not in sensors:
        raise Failure(f"expected the drill's sensors, saw {sensors!r}")


PLACES = """
  const places = {};
  for (const mark of document.querySelectorAll("[data-track].track-icon"))
    places[mark.dataset.track] = mark.dataset.latitude + " " + mark.dataset.longitude;
  return Object.keys(places).length ? places : null;
"""


def console_tells_why_an_area_is_warned(server, browser, shots):
    browser.get(server.link)
    # In one script: the table is drawn anew every second.
    wait_for("a warning", LIMIT_SECONDS, lambda: browser.execute_script(
        "const row = document.querySelector('#warnings tr[data-stage]'); row?.click(); return row !== null"))
    words = wait_for("the reasons", 20, lambda: browser.execute_script(
        "return [...document.querySelectorAll('#why-words li')].map(item => item.textContent)"))
    for part in ["EXERCISE: ", "Why: ", "Coverage: "]:
        if not any(line.startswith(part) for line in words):
            raise Failure(f"no line begins with {part!r}: {words}")
    if shots:
        browser.save_screenshot(str(shots / "why.png"))
    area = lambda: browser.execute_script("const why = document.getElementById('why'); return why.hidden ? null : why.dataset.area")
    browser.find_element(By.ID, "why-close").click()
    wait_for("the reasons to be closed", 5, lambda: area() is None)
    time.sleep(1.5)  # The map flies to that area: then it, or a smaller one within it, lies in the middle.
    browser.find_element(By.ID, "map").click()
    wait_for("the reasons after a click on the map", 10, lambda: area() is not None)


def public_page_shows_the_warning_and_its_end(server, browser, shots):
    stages = lambda wanted: [w for w in server.fetch("/v1/warnings")["warnings"] if w["stage"] in wanted]
    warned = wait_for("a warning", LIMIT_SECONDS, lambda: stages(["takeShelter"]) or stages(["watch"]))
    area = warned[0]["area"]
    browser.get(f"{server.address}/?area={area}")
    stage = lambda: browser.execute_script("return document.body.dataset.stage")
    seen = wait_for("the page to show it", 15, lambda: stage() in ("watch", "takeShelter") and stage())
    if not browser.find_element(By.ID, "exercise").is_displayed():
        raise Failure("an exercise is not marked as one")
    if seen in ("watch", "takeShelter") and not browser.find_element(By.ID, "countdown").text:
        raise Failure("the page does not tell how long")
    if shots:
        browser.save_screenshot(str(shots / "public.png"))
    wait_for("the page to tell the end", LIMIT_SECONDS, lambda: stage() in ("ended", "quiet"))


def a_place_is_found_by_name(server, browser, shots):
    areas = server.fetch("/v1/areas")["features"]
    zurich = max((a for a in areas if a["properties"]["name"].startswith("Zürich")), key=lambda a: a["properties"]["population"])
    browser.get(server.address + "/")
    field = browser.find_element(By.ID, "place")
    wait_for("the page to be ready", 10, lambda: field.is_displayed())
    wait_for("matches", 10, lambda: field.clear() or field.send_keys("zurich") or browser.find_elements(By.CSS_SELECTOR, "#match-0"))
    field.send_keys(Keys.ENTER)
    wait_for("its name", 10, lambda: browser.find_element(By.ID, "where").text == zurich["properties"]["name"])


def every_language_says_everything(server, browser, shots):
    browser.get(server.address + "/")
    lacking = browser.execute_script("""
      const keys = new Set(Object.values(TEXTS).flatMap((texts) => Object.keys(texts)));
      return Object.entries(TEXTS).flatMap(([code, texts]) => [...keys].filter((key) => !texts[key]).map((key) => `${code}: ${key}`));
    """)
    # The page shows a warning's reason by its name: each must have words.
    reasons = re.findall(r"^    case (\w+)$", (ROOT / "Sources/TocsinModel/Warning.swift").read_text().split("enum WarningReason")[1]
                         .split("}")[0], re.MULTILINE)
    known = browser.execute_script("return Object.keys(TEXTS.en)")
    lacking += [f"reason: {reason}" for reason in reasons if reason not in known]
    if lacking or len(reasons) < 5:
        raise Failure(f"without words: {lacking}; reasons: {reasons}")


def no_page_reports_an_error(server, browser, shots):
    for path in ["/", "/console"]:
        browser.get(server.address + path)
        time.sleep(1)
        errors = [
            entry["message"] for entry in browser.get_log("browser")
            if entry["level"] == "SEVERE" and "401" not in entry["message"]
        ]
        if errors:
            raise Failure(f"{path}: {errors}")


def console_screenshot(server, browser, shots):
    if not shots:
        return
    browser.get(server.link)
    wait_for("warnings beside the map", LIMIT_SECONDS, lambda: browser.find_elements(By.CSS_SELECTOR, "#warnings tr[data-stage=takeShelter]"))
    time.sleep(4)
    browser.save_screenshot(str(shots / "console.png"))


CHECKS = [
    console_shows_a_moving_track, console_screenshot, console_tells_why_an_area_is_warned,
    public_page_shows_the_warning_and_its_end, a_place_is_found_by_name, every_language_says_everything, no_page_reports_an_error,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screenshots", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        browser = open_browser()
        try:
            for check in CHECKS:
                try:
                    check(server, browser, arguments.screenshots)
                    print(f"ok      {check.__name__}", flush=True)
                except Failure as failure:
                    failed += 1
                    print(f"FAILED  {check.__name__}: {failure}", flush=True)
        finally:
            browser.quit()
            seconds = server.stop()
        if failed:
            print(server.text()[-4000:])
        print(f"the server stopped {seconds:.1f} s after Ctrl-C")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
