/** The standard as data: chapters, requirements, the operator table. */
@NullMarked
package org.aiis.spec.standard;

import org.jspecify.annotations.NullMarked;
