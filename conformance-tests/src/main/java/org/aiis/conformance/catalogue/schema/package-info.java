/** The operator schemas of the pinned ONNX release, and which type a model binds each of their type variables to. */
@NullMarked
package org.aiis.conformance.catalogue.schema;

import org.jspecify.annotations.NullMarked;
