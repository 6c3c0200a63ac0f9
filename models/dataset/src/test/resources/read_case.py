"""Prints what nibabel sees in an image and its label file: one line per labelled voxel.

The first line has data type, shape and whether both files have the same affine. The others have
x, y, z (mm, RAS, as NIfTI has it), the image value and the label value.
"""
import sys

import nibabel
import numpy

image, label = (nibabel.load(path) for path in sys.argv[1:3])
same = numpy.array_equal(image.affine, label.affine) and image.shape == label.shape
print(image.get_data_dtype(), "x".join(map(str, image.shape)), same,
      int(image.header["qform_code"]), int(image.header["sform_code"]),
      float(numpy.abs(image.get_qform() - image.get_sform()).max()) < 1e-3,
      "".join(nibabel.aff2axcodes(image.affine)))
values, labels = image.get_fdata(), numpy.asarray(label.dataobj)
for index in numpy.argwhere(labels > 0):
    x, y, z = nibabel.affines.apply_affine(image.affine, index)
    print(x, y, z, values[tuple(index)], int(labels[tuple(index)]))
