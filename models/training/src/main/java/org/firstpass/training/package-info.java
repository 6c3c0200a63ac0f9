/**
 * Training a small network on phantoms and packing it: the only room that imports DJL's PyTorch
 * engine. Knows no queue, no event, no DICOM. Open {@link
 * org.firstpass.training.TrainPhantomAbdomen} first.
 */
@NullMarked
package org.firstpass.training;

import org.jspecify.annotations.NullMarked;
