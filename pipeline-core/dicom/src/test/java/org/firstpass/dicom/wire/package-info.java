@NullMarked
package org.firstpass.dicom.wire;

import org.jspecify.annotations.NullMarked;
