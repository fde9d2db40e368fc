/** The catalogue of test cases, made lazily from declarations and seeds. */
@NullMarked
package org.aiis.conformance.catalogue;

import org.jspecify.annotations.NullMarked;
