/**
 * What is labelled: segments, their codes, and what a reader says of them. Open {@link
 * org.firstpass.segment.LabelSchema} first.
 */
@NullMarked
package org.firstpass.segment;

import org.jspecify.annotations.NullMarked;
