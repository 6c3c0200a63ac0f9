/** Targets in the DICOMweb room, seen from inside. */
@NullMarked
package org.firstpass.dicomweb;

import org.jspecify.annotations.NullMarked;
