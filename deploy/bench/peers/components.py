"""Finds the largest component of label 1; prints the seconds and its voxels.

Arguments: method, labels (little-endian uint16, slice, row, column), their size (slices, rows and columns joined by x).
Methods: cc3d (labels all components, nothing else), cc3d-largest (keeps the largest), scipy (labels and counts).
The mask of label 1 is made before the time begins. The best of three, since the first touches new memory.
"""

import sys
import time

import numpy as np


def cc3d_labels(mask):
    import cc3d

    return cc3d.connected_components(mask, connectivity=26)


def cc3d_largest(mask):
    import cc3d

    return cc3d.largest_k(mask, k=1, connectivity=26)


def scipy_labels(mask):
    from scipy import ndimage

    found, _ = ndimage.label(mask, np.ones((3, 3, 3)))
    return found, np.bincount(found.ravel())[1:].max()


def main():
    method, source, size = sys.argv[1:4]
    labels = np.fromfile(source, "<u2").reshape([int(length) for length in size.split("x")])
    mask = labels == 1
    find = {"cc3d": cc3d_labels, "cc3d-largest": cc3d_largest, "scipy": scipy_labels}[method]
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        found = find(mask)
        seconds.append(time.perf_counter() - began)
    if method == "scipy":
        largest = found[1]
    else:
        largest = np.bincount(found.ravel())[1:].max()
    print(min(seconds), largest)


main()
