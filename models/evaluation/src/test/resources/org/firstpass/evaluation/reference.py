"""Measures of one label in two label maps, by scipy, for comparison with ours.

Arguments: columns rows slices, column-, row- and slice-spacing in mm, tolerance in mm, label, and
two files of little-endian unsigned 16-bit labels in the order slice, row, column.
Prints: dice surface-dice hd95 mean-distance components-of-first components-of-second
"""
import sys

import numpy as np
from scipy import ndimage

columns, rows, slices = map(int, sys.argv[1:4])
column, row, slice_ = map(float, sys.argv[4:7])
tolerance, label = float(sys.argv[7]), int(sys.argv[8])
spacing = (slice_, row, column)
first, second = (
    np.fromfile(name, dtype="<u2").reshape(slices, rows, columns) == label
    for name in sys.argv[9:11]
)


def surface(mask):
    return mask & ~ndimage.binary_erosion(mask)


def distances(of, to):
    return ndimage.distance_transform_edt(~surface(to), sampling=spacing)[surface(of)]


there, back = distances(first, second), distances(second, first)
both = np.concatenate([there, back])
everywhere = ndimage.generate_binary_structure(3, 3)
print(
    2 * (first & second).sum() / (first.sum() + second.sum()),
    (both <= tolerance * (1 + 1e-9)).mean(),
    max(np.percentile(there, 95), np.percentile(back, 95)),
    both.mean(),
    ndimage.label(first, everywhere)[1],
    ndimage.label(second, everywhere)[1],
)
