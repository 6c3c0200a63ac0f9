package org.firstpass.server;

import org.firstpass.correction.ViewedImage;
import org.firstpass.dicom.SourceSeries;

/** A series that was read: what readers see of it, and what a segmentation of it refers to. */
record OpenedCase(ViewedImage image, SourceSeries source) {}
