/**
 * Objects by the SHA-256 of their content: pixels, masks, manifests. Knows no DICOM and no event's
 * meaning. Open {@link org.firstpass.store.ObjectStore} first.
 */
@NullMarked
package org.firstpass.store;

import org.jspecify.annotations.NullMarked;
