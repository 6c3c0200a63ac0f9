"""Writes and reads a binary SEG with pydicom and numpy alone; prints the seconds of each.

Arguments: labels (little-endian uint16, slice, row, column), slices, one source instance, output.
"""

import sys
import time

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
SIZE = 512


def code(value, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "SCT", meaning
    return item


def segment(number):
    item = Dataset()
    item.SegmentNumber, item.SegmentLabel, item.SegmentAlgorithmType = number, f"S{number}", "AUTOMATIC"
    item.SegmentAlgorithmName = "bench"
    item.SegmentedPropertyCategoryCodeSequence = Sequence([code("123037004", "Anatomical Structure")])
    item.SegmentedPropertyTypeCodeSequence = Sequence([code("10200004", "Liver")])
    return item


def frame(number, position, slice_number, source):
    content, plane, identification, derivation, reference = (Dataset() for _ in range(5))
    content.DimensionIndexValues = [number, slice_number + 1]
    plane.ImagePositionPatient = position
    identification.ReferencedSegmentNumber = number
    reference.ReferencedSOPClassUID = source.SOPClassUID
    reference.ReferencedSOPInstanceUID = f"{source.SOPInstanceUID[:40]}.{slice_number}"
    derivation.SourceImageSequence = Sequence([reference])
    item = Dataset()
    item.FrameContentSequence = Sequence([content])
    item.PlanePositionSequence = Sequence([plane])
    item.SegmentIdentificationSequence = Sequence([identification])
    item.DerivationImageSequence = Sequence([derivation])
    return item


def write(labels, source, path):
    seg = Dataset()
    for name in ("PatientName", "PatientID", "StudyInstanceUID", "FrameOfReferenceUID"):
        setattr(seg, name, getattr(source, name))
    seg.SOPClassUID, seg.SOPInstanceUID, seg.SeriesInstanceUID = SEGMENTATION, generate_uid(), generate_uid()
    seg.Modality, seg.SegmentationType = "SEG", "BINARY"
    seg.Rows = seg.Columns = SIZE
    seg.SamplesPerPixel = seg.BitsAllocated = seg.BitsStored = 1
    seg.HighBit = seg.PixelRepresentation = 0
    seg.PhotometricInterpretation = "MONOCHROME2"
    seg.SegmentSequence = Sequence([segment(n) for n in (1, 2, 3)])
    frames, bits = [], []
    for number in (1, 2, 3):
        mask = labels == number
        for index in np.flatnonzero(mask.any(axis=(1, 2))):
            frames.append(frame(number, [-180, -180, float(index)], int(index), source))
            bits.append(np.packbits(mask[index].ravel(), bitorder="little"))
    seg.NumberOfFrames = len(frames)
    seg.PerFrameFunctionalGroupsSequence = Sequence(frames)
    seg.PixelData = np.concatenate(bits).tobytes()
    seg.file_meta = FileMetaDataset()
    seg.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    seg.file_meta.MediaStorageSOPClassUID = SEGMENTATION
    seg.file_meta.MediaStorageSOPInstanceUID = seg.SOPInstanceUID
    pydicom.dcmwrite(path, seg, enforce_file_format=True)


def read(path, slices):
    seg = pydicom.dcmread(path)
    packed = np.frombuffer(seg.PixelData, np.uint8).reshape(seg.NumberOfFrames, -1)
    labels = np.zeros((slices, SIZE, SIZE), np.uint16)
    for bits, item in zip(packed, seg.PerFrameFunctionalGroupsSequence):
        index = round(float(item.PlanePositionSequence[0].ImagePositionPatient[2]))
        number = item.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        mask = np.unpackbits(bits, bitorder="little").reshape(SIZE, SIZE).view(bool)
        labels[index][mask] = number
    return labels


def main():
    raw, slices, header, path = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    labels = np.fromfile(raw, "<u2").reshape(slices, SIZE, SIZE)
    source = pydicom.dcmread(header, stop_before_pixels=True)
    for _ in range(2):
        began = time.perf_counter()
        write(labels, source, path)
        written = time.perf_counter()
        found = read(path, slices)
        ended = time.perf_counter()
    assert np.array_equal(found, labels)
    print(written - began, ended - written)


main()
