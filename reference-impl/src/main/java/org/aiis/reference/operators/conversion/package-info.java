/** Conversion between element types. */
@NullMarked
package org.aiis.reference.operators.conversion;

import org.jspecify.annotations.NullMarked;
