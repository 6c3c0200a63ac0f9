package org.firstpass.dicom;

import java.util.Optional;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * An instance that an archive says it has.
 *
 * @param sopClass not every archive tells it, DCMTK's does not
 */
public record FoundInstance(SopInstanceUid instance, Optional<SopClassUid> sopClass) {}
