/**
 * The network of an ONNX file as PyTorch computes and trains it: its nodes are carried out one by
 * one, its weights read from the file and written back. Knows no data set and no package. Open
 * {@link org.firstpass.training.graph.TrainableGraph} first.
 */
@NullMarked
package org.firstpass.training.graph;

import org.jspecify.annotations.NullMarked;
