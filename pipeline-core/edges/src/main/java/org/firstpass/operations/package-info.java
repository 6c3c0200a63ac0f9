/**
 * What an operator asks of a process: its metrics and its health. Knows no room. Open {@link
 * org.firstpass.operations.OperationsServer} first.
 */
@NullMarked
package org.firstpass.operations;

import org.jspecify.annotations.NullMarked;
