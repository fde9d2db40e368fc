/** JSON and YAML in one place; errors of input name file, line, expected and found. */
@NullMarked
package org.aiis.spec.codec;

import org.jspecify.annotations.NullMarked;
