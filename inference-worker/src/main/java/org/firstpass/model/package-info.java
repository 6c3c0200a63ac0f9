/**
 * Model packages: a network with everything that is needed to run it, and the catalogue of those on
 * this machine. Knows no runtime that could run them and no DICOM. Open {@link
 * org.firstpass.model.ModelManifest} first.
 */
@NullMarked
package org.firstpass.model;

import org.jspecify.annotations.NullMarked;
