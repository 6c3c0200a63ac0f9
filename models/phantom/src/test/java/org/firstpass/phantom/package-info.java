/** What a phantom promises. */
@NullMarked
package org.firstpass.phantom;

import org.jspecify.annotations.NullMarked;
