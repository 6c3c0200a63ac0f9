/**
 * Keys, certificates and trust for DICOM over TLS. Knows no association. Open {@link
 * org.firstpass.dicom.tls.TlsMaterial} first.
 */
@NullMarked
package org.firstpass.dicom.tls;

import org.jspecify.annotations.NullMarked;
