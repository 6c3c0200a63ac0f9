/**
 * What importers of foreign models share: the questions that a file cannot answer, what was decided
 * and why, the codes of anatomical names, the model card to fill in. Knows the manifest; knows no
 * framework and no runtime. Open {@link org.firstpass.model.importing.ImportedModel} first.
 */
@NullMarked
package org.firstpass.model.importing;

import org.jspecify.annotations.NullMarked;
