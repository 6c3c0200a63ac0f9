/** What carrying out and training ONNX graphs promises. */
@NullMarked
package org.firstpass.training.graph;

import org.jspecify.annotations.NullMarked;
