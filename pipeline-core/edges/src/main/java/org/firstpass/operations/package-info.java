/**
 * What an operator asks of a process, its metrics and its health, and the chores that it does
 * beside its work. Knows no room but failure. Open {@link
 * org.firstpass.operations.OperationsServer} first.
 */
@NullMarked
package org.firstpass.operations;

import org.jspecify.annotations.NullMarked;
