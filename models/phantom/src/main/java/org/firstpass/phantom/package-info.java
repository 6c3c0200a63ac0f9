/**
 * Made-up CT studies of the abdomen, each with its true labels, for tests, the demo and training.
 * Everything follows from a seed. Knows no DICOM, no model, no patient. Open {@link
 * org.firstpass.phantom.Phantom} first.
 */
@NullMarked
package org.firstpass.phantom;

import org.jspecify.annotations.NullMarked;
