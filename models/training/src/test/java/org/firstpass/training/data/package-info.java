/** What drawing and changing windows promises. */
@NullMarked
package org.firstpass.training.data;

import org.jspecify.annotations.NullMarked;
