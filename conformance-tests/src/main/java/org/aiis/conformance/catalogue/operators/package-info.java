/** Cases of operators, one declaration an operator, one file a family. */
@NullMarked
package org.aiis.conformance.catalogue.operators;

import org.jspecify.annotations.NullMarked;
