package org.firstpass.dicom.conformance;

import java.util.List;

/**
 * A module or a macro of the standard.
 *
 * @param section of PS3.3
 */
record Block(String name, String section, List<Row> rows) {}
