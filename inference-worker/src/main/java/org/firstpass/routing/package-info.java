/**
 * Which package a series is given to, or why none. Knows what a series says of itself and what
 * packages accept; reads no pixel and runs nothing. Open {@link org.firstpass.routing.Routing}
 * first.
 */
@NullMarked
package org.firstpass.routing;

import org.jspecify.annotations.NullMarked;
