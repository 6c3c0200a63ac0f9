"""Saves an array as a gzipped NIfTI file with nibabel at level 1; prints the seconds.

Arguments: values (little-endian int16, slice, row, column), slices, output.
"""

import sys
import time

import nibabel
import numpy as np
from nibabel.openers import Opener

SIZE = 512

Opener.default_compresslevel = 1
values = np.fromfile(sys.argv[1], "<i2").reshape(int(sys.argv[2]), SIZE, SIZE)
image = nibabel.Nifti1Image(values.transpose(2, 1, 0), np.eye(4))
image.header.set_data_dtype(np.int16)
began = time.perf_counter()
nibabel.save(image, sys.argv[3])
print(time.perf_counter() - began)
