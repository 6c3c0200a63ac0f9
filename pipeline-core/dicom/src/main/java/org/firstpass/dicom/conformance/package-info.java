/**
 * What the standard demands of the objects that Firstpass writes, as tables, and the rules that go
 * across attributes. Knows nothing of how objects are made. Open {@link
 * org.firstpass.dicom.conformance.ObjectRules} first; callers go through {@link
 * org.firstpass.dicom.ObjectChecker}.
 */
@NullMarked
package org.firstpass.dicom.conformance;

import org.jspecify.annotations.NullMarked;
