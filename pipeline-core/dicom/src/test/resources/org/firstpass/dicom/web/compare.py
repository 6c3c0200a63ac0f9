"""Compares DICOM JSON with what pydicom makes of the same file: compare.py FILE JSON [FILE JSON ...]"""
import json
import math
import struct
import sys

import pydicom

IGNORED = {"00080005"}
PRIVATE_CREATOR = 0x100


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def same_value(vr, ours, theirs):
    if vr == "SQ":
        return None
    if vr in ("DS", "IS", "FL", "FD", "SV", "UV", "US", "SS", "UL", "SL"):
        a, b = number(ours), number(theirs)
        if isinstance(a, float) and isinstance(b, float):
            if math.isnan(a) and math.isnan(b):
                return True
            if vr == "FL":
                return struct.pack("<f", a) == struct.pack("<f", b)
            return a == b
    if vr == "PN":
        return {k: v.rstrip("^ ") for k, v in (ours or {}).items()} == {
            k: v.rstrip("^ ") for k, v in (theirs or {}).items() if v
        }
    if vr in ("LT", "ST", "UT"):
        # Padding at the end means nothing, and the toolkit takes line ends for padding.
        return (ours or "").rstrip() == (theirs or "").rstrip(" \0\r\n\t")
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.strip(" \0") == theirs.strip(" \0")
    return ours == theirs or (ours is None and theirs == "")


def compare(ours, theirs, path, found):
    for tag in sorted(set(ours) | set(theirs)):
        here = path + tag
        if tag in IGNORED or tag[4:] == "0000":
            continue
        if tag not in ours or tag not in theirs:
            found.append(f"{here} only in {'ours' if tag in ours else 'theirs'}")
            continue
        a, b = ours[tag], theirs[tag]
        if "BulkDataURI" in a or "BulkDataURI" in b or a["vr"] == "UN" or b["vr"] == "UN":
            continue
        if a["vr"] != b["vr"]:
            if {a["vr"], b["vr"]} <= {"OB", "OW"}:
                continue
            found.append(f"{here} vr {a['vr']} {b['vr']}")
            continue
        if a.get("InlineBinary", "") != b.get("InlineBinary", ""):
            found.append(f"{here} InlineBinary")
        left, right = a.get("Value", []), b.get("Value", [])
        if a["vr"] == "SQ":
            if len(left) != len(right):
                found.append(f"{here} items {len(left)} {len(right)}")
            for i, (x, y) in enumerate(zip(left, right)):
                compare(x, y, f"{here}/{i}/", found)
            continue
        right = [] if right in ([None], [""], [{}], [{"Alphabetic": ""}]) else right
        if len(left) != len(right) or not all(
            same_value(a["vr"], x, y) for x, y in zip(left, right)
        ):
            found.append(f"{here} {a['vr']} values differ: {left!r} {right!r}"[:300])


for dicom, text in zip(sys.argv[1::2], sys.argv[2::2]):
    data = pydicom.dcmread(dicom, force=True)
    theirs = data.to_json_dict(
        bulk_data_threshold=1024, bulk_data_element_handler=lambda e: "uri", suppress_invalid_tags=True
    )
    found = []
    with open(text, encoding="utf-8") as file:
        compare(json.load(file)[0], theirs, "", found)
    for line in found:
        print(f"DIFF {dicom} {line}")
    print(f"COMPARED {dicom} {len(theirs)}")
