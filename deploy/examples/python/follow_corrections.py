"""Follows accepted corrections: keeps the accepted labels of each as NIfTI, counts their voxels,
and removes what was erased. It goes on where it was when it is started again.

It knows nothing of Firstpass but its topic, its schemas and its HTTP API. Needs confluent-kafka
(`pip install confluent-kafka`; Debian: python3-confluent-kafka). Options: see deploy/docs/stream.md.
"""

import argparse
import collections
import gzip
import json
import pathlib
import shutil
import struct
import urllib.error
import urllib.request

from confluent_kafka import Consumer, KafkaError, KafkaException

TOPIC = "firstpass.corrections"
ACCEPTED = "org.firstpass.correction-accepted.v1"


def main():
    options = parse()
    consumer = Consumer(
        {
            "bootstrap.servers": options.bootstrap,
            "group.id": options.group,
            # From the beginning the first time, then from what was committed.
            "auto.offset.reset": "earliest",
            # Only after the effect, below: what a crash interrupts is told again.
            "enable.auto.commit": False,
            # Corrections are written in transactions; without this also aborted ones are seen.
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
        }
    )
    at_end = set()
    assigned = []
    consumer.subscribe([TOPIC], on_assign=lambda _, partitions: assigned.extend(partitions))
    try:
        while True:
            record = consumer.poll(1.0)
            if record is None:
                continue
            if record.error() is None:
                handle(record, options)
                consumer.commit(record, asynchronous=False)
            elif record.error().code() != KafkaError._PARTITION_EOF:
                raise KafkaException(record.error())
            else:
                at_end.add(record.partition())
                if options.stop_at_end and len(at_end) == len(assigned):
                    return
    finally:
        consumer.close()


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--address", required=True, help="of the review server, ends in /")
    parser.add_argument("--token-file", required=True, type=pathlib.Path)
    parser.add_argument("--to", required=True, type=pathlib.Path)
    parser.add_argument("--group", default="follow-corrections")
    parser.add_argument("--stop-at-end", action="store_true")
    return parser.parse_args()


def handle(record, options):
    series = record.key().decode()
    folder = options.to / series
    headers = {name: value.decode() for name, value in record.headers() or []}
    if record.value() is None:
        shutil.rmtree(folder, ignore_errors=True)
        print("erased", series, flush=True)
    elif headers.get("ce_type") == ACCEPTED:
        # Other types may come; who does not know one passes it over.
        accepted(json.loads(record.value()), folder, options)


def accepted(correction, folder, options):
    labels = folder / (correction["id"] + ".nii.gz")
    if not labels.exists() and not fetch(correction["id"], labels, options):
        print("gone", correction["id"], flush=True)
        return
    print("accepted", correction["id"], voxels(labels), flush=True)


def fetch(correction, target, options):
    """False if the correction was erased in the meantime; its tombstone comes later."""
    request = urllib.request.Request(
        f"{options.address}api/corrections/{correction}/labels.nii.gz",
        headers={"Authorization": "Bearer " + options.token_file.read_text().strip()},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".partial")
            with partial.open("wb") as out:
                shutil.copyfileobj(answer, out)
            partial.rename(target)
            return True
    except urllib.error.HTTPError as refused:
        if refused.code == 404:
            return False
        raise


def voxels(nifti):
    """How many voxels each label has, from the NIfTI alone: little endian, uint8 or uint16."""
    content = gzip.decompress(nifti.read_bytes())
    wide = struct.unpack_from("<h", content, 70)[0] == 512
    first = int(struct.unpack_from("<f", content, 108)[0])
    values = memoryview(content)[first:]
    counts = collections.Counter(values.cast("H") if wide else values)
    return {label: counts[label] for label in sorted(counts) if label != 0}


if __name__ == "__main__":
    main()
