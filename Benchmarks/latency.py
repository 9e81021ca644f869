#!/usr/bin/env python3
"""From a sensor's report to the bytes of the warning on a subscriber's socket, at 2,000 reports a second.

    python3 Benchmarks/latency.py [--seconds 40] [--subscribers 200]

Starts the release binary on free loopback ports, sends position reports of 50 simulated objects over one TCP feed,
follows the public event stream with many subscribers, and measures each warning from the moment its last report was
handed to the kernel. The floor is a line sent through a bare loopback connection and back in the same run.
"""

import argparse
import json
import math
import pathlib
import re
import selectors
import socket
import subprocess
import tempfile
import threading
import time
from datetime import datetime

ROOT = pathlib.Path(__file__).resolve().parent.parent
OBJECTS = 50
RATE = 2_000
BATCH_SECONDS = 0.005


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def towns():
    """A grid of towns 12 km apart."""
    features = []
    for number in range(144):
        latitude, longitude = 46.5 + number // 12 * 0.11, 7.0 + number % 12 * 0.16
        ring = [[longitude + x, latitude + y] for x, y in [(-.02, -.0135), (.02, -.0135), (.02, .0135), (-.02, .0135), (-.02, -.0135)]]
        features.append({
            "type": "Feature", "id": f"town-{number}", "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {"name": f"Town {number}", "names": {}, "population": 20000, "secondsToShelter": 90, "protects": []}})
    return {"type": "FeatureCollection", "features": features}


CONFIGURATION = """
system: latency
http: {{port: 0}}
journal: {{directory: journal}}
feeds:
  - {{name: reports, format: reports, exercise: true, source: {{tcpServer: {{host: 127.0.0.1, port: {port}}}}}}}
sensors:
  - {{id: radar-a, kind: radar, latitude: 47, longitude: 8, rangeMeters: 300000, intervalSeconds: 4}}
  - {{id: radar-b, kind: radar, latitude: 47.5, longitude: 8.5, rangeMeters: 300000, intervalSeconds: 4}}
areas: areas.geojson
cap: {{sender: latency@tocsin.example}}
"""


def report(number, elapsed, now):
    """Object `number` crosses the grid at 50 m/s, each on a course of its own."""
    angle = number * 2.399963
    along = (elapsed - 20) * 50 + number * 90
    north, east = along * math.cos(angle), along * math.sin(angle)
    at = datetime.utcfromtimestamp(now).isoformat(timespec="microseconds") + "Z"
    latitude = 47.1 + number % 7 * 0.08 + north / 111_200
    longitude = 7.9 + number % 5 * 0.12 + east / 75_700
    return (f'{{"sensor":"radar-{"ab"[number % 2]}","time":"{at}","kind":"fix","sigmaMeters":60,"position":{{"latitude":{latitude:.6f},'
            f'"longitude":{longitude:.6f}}},"classEvidence":{{"attackDrone":0.8,"aircraft":0.2}}}}\n')


def send(port, seconds, sent, start):
    with socket.create_connection(("127.0.0.1", port)) as feed:
        feed.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        number, due = 0, start
        while time.time() < start + seconds:
            now = time.time()
            batch = []
            for _ in range(int(RATE * BATCH_SECONDS)):
                batch.append(report(number % OBJECTS, now - start, now))
                number += 1
            sent.append(time.time())
            feed.sendall("".join(batch).encode())
            due += BATCH_SECONDS
            time.sleep(max(0, due - time.time()))
    return number


def follow(address, subscribers, seconds):
    """(changedAt, received) of every warning on every subscriber's socket."""
    host, port = address.removeprefix("http://").split(":")
    selector = selectors.DefaultSelector()
    for _ in range(subscribers):
        stream = socket.create_connection((host, int(port)))
        stream.sendall(b"GET /v1/warnings/stream HTTP/1.1\r\nHost: tocsin\r\nAccept: text/event-stream\r\n\r\n")
        selector.register(stream, selectors.EVENT_READ, bytearray())
    events, end = [], time.time() + seconds
    while time.time() < end:
        for key, _ in selector.select(0.05):
            piece = key.fileobj.recv(1 << 20)
            received = time.time()
            key.data.extend(piece)
            *blocks, rest = bytes(key.data).split(b"\n\n")
            key.data[:] = rest
            for block in blocks:
                found = re.search(rb"event: ?warning\n", block) and re.search(rb'"changedAt":"([^"]+)"', block)
                if found:
                    changed = datetime.fromisoformat(found.group(1).decode().replace("Z", "+00:00")).timestamp()
                    events.append((changed, received))
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    return events


def floor():
    """Milliseconds of a line to an echo and back over loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        def echo():
            peer, _ = server.accept()
            with peer:
                while data := peer.recv(4096):
                    peer.sendall(data)
        threading.Thread(target=echo, daemon=True).start()
        times = []
        with socket.create_connection(server.getsockname()) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(2_000):
                started = time.perf_counter()
                client.sendall(b"x" * 300)
                client.recv(4096)
                times.append((time.perf_counter() - started) * 1e3)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--subscribers", type=int, default=200)
    arguments = parser.parse_args()
    binary = ROOT / ".build/release/tocsin"
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        (pathlib.Path(folder) / "areas.geojson").write_text(json.dumps(towns()))
        configuration = pathlib.Path(folder) / "tocsin.yaml"
        configuration.write_text(CONFIGURATION.format(port=port))
        with open(pathlib.Path(folder) / "log", "w+", encoding="utf-8") as log:
            server = subprocess.Popen([str(binary), "watch", str(configuration)], stdout=log, stderr=log)
            try:
                for _ in range(200):
                    found = re.search(r"http://127\.0\.0\.1:[1-9]\d*", pathlib.Path(log.name).read_text())
                    if found:
                        break
                    time.sleep(0.05)
                else:
                    raise SystemExit(f"latency.py: the server did not start:\n{pathlib.Path(log.name).read_text()}")
                sent, start = [], time.time() + 0.5
                sender = threading.Thread(target=send, args=(port, arguments.seconds, sent, start))
                sender.start()
                events = follow(found.group(0), arguments.subscribers, arguments.seconds + 0.5)
                sender.join()
            finally:
                server.terminate()
                server.wait(timeout=10)
    latencies = []
    for changed, received in events:
        # `changedAt` is cut to milliseconds: the report that caused it was sent before that millisecond ended.
        before = [moment for moment in sent if moment <= changed + 0.001]
        if before:
            latencies.append((received - before[-1]) * 1e3)
    if not latencies:
        raise SystemExit("latency.py: no warning was sent; nothing to measure")
    bare = floor()
    print(f"latency at {len(sent) * RATE * BATCH_SECONDS / arguments.seconds:,.0f} reports/s, {arguments.subscribers} subscribers, "
          f"{len(latencies)} deliveries: p50 {quantile(latencies, .5):.2f} ms, p99 {quantile(latencies, .99):.2f} ms; "
          f"bare loopback echo p50 {quantile(bare, .5):.3f} ms, p99 {quantile(bare, .99):.3f} ms; "
          f"ratio of p50 {quantile(latencies, .5) / quantile(bare, .5):,.0f}")


if __name__ == "__main__":
    main()
