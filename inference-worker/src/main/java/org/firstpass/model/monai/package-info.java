/**
 * MONAI bundles: their metadata and their inference configuration, as a manifest. Written from the
 * documentation of the bundle format and of the transforms; a transform that a manifest cannot
 * express is refused by its name. Knows no runtime. Open {@link
 * org.firstpass.model.monai.MonaiImport} first.
 */
@NullMarked
package org.firstpass.model.monai;

import org.jspecify.annotations.NullMarked;
