/**
 * What a reader finds beside segments: tags, places, borders, measurements and comments, where they
 * lie in the patient, and whether they are what a protocol asks for. Knows no image and no page.
 * Open {@link org.firstpass.finding.Finding} first.
 */
@NullMarked
package org.firstpass.finding;

import org.jspecify.annotations.NullMarked;
