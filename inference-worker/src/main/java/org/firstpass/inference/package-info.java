/**
 * Running networks: the only room that imports DJL and ONNX Runtime. Sessions, sliding windows,
 * verification of packages on this machine. Knows no series and no DICOM. Open {@link
 * org.firstpass.inference.LoadedNetwork} first.
 */
@NullMarked
package org.firstpass.inference;

import org.jspecify.annotations.NullMarked;
