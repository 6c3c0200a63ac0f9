/**
 * What is labelled: segments, their codes, what a reader says of them, and what a protocol asks for
 * beside them. Open {@link org.firstpass.segment.LabelSchema} first.
 */
@NullMarked
package org.firstpass.segment;

import org.jspecify.annotations.NullMarked;
