/**
 * Any ONNX file, as a manifest: what the graph does not say, a person does. Knows no runtime. Open
 * {@link org.firstpass.model.onnx.OnnxImport} first.
 */
@NullMarked
package org.firstpass.model.onnx;

import org.jspecify.annotations.NullMarked;
