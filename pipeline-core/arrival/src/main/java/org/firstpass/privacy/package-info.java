/**
 * How patients leave their names behind: keyed pseudonyms. Knows no DICOM, no store, no event's
 * fate. Open {@link org.firstpass.privacy.PatientPseudonyms} first.
 */
@NullMarked
package org.firstpass.privacy;

import org.jspecify.annotations.NullMarked;
