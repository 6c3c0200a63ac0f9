/**
 * A mask that follows a reader's clicks: what is added and what is taken away near them, in a crop
 * of the image. Knows no task, no DICOM and no page. Open {@link org.firstpass.refine.Refining}
 * first.
 */
@NullMarked
package org.firstpass.refine;

import org.jspecify.annotations.NullMarked;
