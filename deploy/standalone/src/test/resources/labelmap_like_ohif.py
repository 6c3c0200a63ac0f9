"""Writes a Label Map Segmentation in RLE over the files of a series, as OHIF exports one, with pydicom.

Arguments: target file, SOP Instance UID, Series Instance UID, file of labels (one byte per voxel, slice after slice along
the normal of the plane), then the files of the series in any order.
"""

import sys

import numpy
from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

LABEL_MAP_SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.7"


def code(value, scheme, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def segment(number):
    item = Dataset()
    item.SegmentNumber = number
    item.SegmentLabel = "Segment %d" % number
    item.SegmentAlgorithmType = "MANUAL"
    tissue = code("85756007", "SCT", "Tissue")
    item.SegmentedPropertyCategoryCodeSequence = Sequence([tissue])
    item.SegmentedPropertyTypeCodeSequence = Sequence([tissue])
    return item


def frame(image, index):
    content, position, source, derivation, item = (Dataset() for _ in range(5))
    content.DimensionIndexValues = [1, index + 1]
    position.ImagePositionPatient = image.ImagePositionPatient
    source.ReferencedSOPClassUID = image.SOPClassUID
    source.ReferencedSOPInstanceUID = image.SOPInstanceUID
    derivation.SourceImageSequence = Sequence([source])
    item.FrameContentSequence = Sequence([content])
    item.PlanePositionSequence = Sequence([position])
    item.DerivationImageSequence = Sequence([derivation])
    return item


def along_normal(image):
    axes = numpy.array(image.ImageOrientationPatient, dtype=float)
    return numpy.dot(numpy.cross(axes[:3], axes[3:]), numpy.array(image.ImagePositionPatient, dtype=float))


def main(target, instance, series, labels, *files):
    images = sorted((dcmread(file) for file in files), key=along_normal)
    first = images[0]
    pixels = numpy.fromfile(labels, dtype=numpy.uint8).reshape(len(images), first.Rows, first.Columns)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = LABEL_MAP_SEGMENTATION
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made = FileDataset(target, {}, file_meta=meta, preamble=b"\0" * 128)
    for keyword in ("PatientID", "PatientName", "StudyInstanceUID", "FrameOfReferenceUID"):
        setattr(made, keyword, getattr(first, keyword))
    made.SOPClassUID, made.SOPInstanceUID, made.SeriesInstanceUID = LABEL_MAP_SEGMENTATION, instance, series
    made.Modality, made.Manufacturer = "SEG", "pydicom"
    made.ImageType = ["DERIVED", "PRIMARY"]
    made.SegmentationType = "LABELMAP"
    made.SegmentSequence = Sequence([segment(int(number)) for number in numpy.unique(pixels) if number])
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.Rows, made.Columns, made.NumberOfFrames = first.Rows, first.Columns, len(images)
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 8, 8, 7, 0
    referenced = Dataset()
    referenced.SeriesInstanceUID = first.SeriesInstanceUID
    made.ReferencedSeriesSequence = Sequence([referenced])
    measures, orientation, shared = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = first.PixelSpacing, first.SliceThickness
    orientation.ImageOrientationPatient = first.ImageOrientationPatient
    shared.PixelMeasuresSequence = Sequence([measures])
    shared.PlaneOrientationSequence = Sequence([orientation])
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    made.PerFrameFunctionalGroupsSequence = Sequence([frame(image, at) for at, image in enumerate(images)])
    made.PixelData = pixels.tobytes()
    made.compress(RLELossless, encoding_plugin="pydicom", generate_instance_uid=False)
    made.save_as(target, enforce_file_format=True)


main(*sys.argv[1:])
