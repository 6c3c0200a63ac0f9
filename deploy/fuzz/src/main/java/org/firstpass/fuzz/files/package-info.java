/**
 * The doors that take files: instances, objects of other makers, DICOM JSON, bodies of requests.
 * Open {@link org.firstpass.fuzz.files.FileTargets} first.
 */
@NullMarked
package org.firstpass.fuzz.files;

import org.jspecify.annotations.NullMarked;
