/**
 * The data sets that were made here, what was made of them, and who was erased from them. Knows
 * manifests as JSON, and no image. Open {@link org.firstpass.dataset.register.DatasetRegister}
 * first.
 */
@NullMarked
package org.firstpass.dataset.register;

import org.jspecify.annotations.NullMarked;
