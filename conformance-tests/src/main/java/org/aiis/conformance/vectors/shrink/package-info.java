/** Makes a failing case smaller, as long as it fails the same way. */
@NullMarked
package org.aiis.conformance.vectors.shrink;

import org.jspecify.annotations.NullMarked;
