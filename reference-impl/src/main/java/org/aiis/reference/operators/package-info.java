/** What every operator is made of: its signature, a call of it, values, broadcasting; the operators lie in families. */
@NullMarked
package org.aiis.reference.operators;

import org.jspecify.annotations.NullMarked;
