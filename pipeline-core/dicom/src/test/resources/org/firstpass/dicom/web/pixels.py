"""Compares a transcoded file with the stored one as pydicom reads both: pixels.py STORED TRANSCODED [...]"""
import sys

import numpy
import pydicom


for stored, transcoded in zip(sys.argv[1::2], sys.argv[2::2]):
    before, after = pydicom.dcmread(stored), pydicom.dcmread(transcoded)
    if after.file_meta.TransferSyntaxUID != pydicom.uid.ExplicitVRLittleEndian:
        print(f"DIFF {stored} transfer syntax {after.file_meta.TransferSyntaxUID}")
    if str(before.get("SOPInstanceUID")) != str(after.file_meta.MediaStorageSOPInstanceUID):
        print(f"DIFF {stored} instance")
    skipped = {0x7FE00010, 0x00280004, 0x00280006}
    # What pydicom cannot write the same way twice is compared as text.
    left = {e.tag: str(e.value) for e in before if e.tag not in skipped and e.tag.element != 0 and e.VR != "SQ"}
    right = {e.tag: str(e.value) for e in after if e.tag not in skipped and e.VR != "SQ"}
    for tag in sorted(set(left) | set(right)):
        if left.get(tag) != right.get(tag):
            print(f"DIFF {stored} {tag} {left.get(tag)!r} {right.get(tag)!r}"[:300])
    if "PixelData" in before:
        try:
            a, b = before.pixel_array, after.pixel_array
        except Exception as e:
            print(f"SKIPPED {stored} {type(e).__name__}")
            continue
        if a.shape != b.shape or a.dtype.newbyteorder("=") != b.dtype or not numpy.array_equal(a, b):
            different = a.shape != b.shape or numpy.abs(a.astype(int) - b.astype(int)).max()
            print(f"DIFF {stored} pixels {a.shape} {a.dtype} {b.shape} {b.dtype} {different}")
    print(f"COMPARED {stored} {before.file_meta.TransferSyntaxUID}")
