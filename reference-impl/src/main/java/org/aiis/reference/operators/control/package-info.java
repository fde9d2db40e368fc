/** Operators that run graphs: branches, loops and scans. */
@NullMarked
package org.aiis.reference.operators.control;

import org.jspecify.annotations.NullMarked;
