/** Steps of the inference room, measured from inside. */
@NullMarked
package org.firstpass.inference;

import org.jspecify.annotations.NullMarked;
