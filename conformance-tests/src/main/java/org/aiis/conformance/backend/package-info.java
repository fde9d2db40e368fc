/** The words by which backends are asked for. */
@NullMarked
package org.aiis.conformance.backend;

import org.jspecify.annotations.NullMarked;
