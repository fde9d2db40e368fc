/**
 * Forms of operators before opset version 13, as nodes of version 13 that mean the same: models that people bring are of opset 9 to
 * 12, and the catalogue begins at 13. Source: ONNX, docs/Changelog.md.
 */
@NullMarked
package org.aiis.reference.older;

import org.jspecify.annotations.NullMarked;
