/** Attention and the rotary embedding that goes before it. */
@NullMarked
package org.aiis.reference.operators.attention;

import org.jspecify.annotations.NullMarked;
