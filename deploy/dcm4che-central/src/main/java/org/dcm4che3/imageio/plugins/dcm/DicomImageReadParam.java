package org.dcm4che3.imageio.plugins.dcm;

import org.aoju.bus.image.nimble.reader.NativeDCMImageReader.NativeDCMImageReadParam;

/**
 * The read parameters, a nested class in the fork: make one, do not cast {@code
 * getDefaultReadParam()}.
 */
public class DicomImageReadParam extends NativeDCMImageReadParam {}
