/**
 * nnU-Net v2: its plans and its description of the data set, as a manifest. Written from nnU-Net's
 * own sources (preprocessing, inference, label handling); anything that a manifest cannot say is
 * refused. Knows no runtime. Open {@link org.firstpass.model.nnunet.NnUnetImport} first.
 */
@NullMarked
package org.firstpass.model.nnunet;

import org.jspecify.annotations.NullMarked;
