/** The bundle: chained evidence, results, manifest. */
@NullMarked
package org.aiis.spec.evidence;

import org.jspecify.annotations.NullMarked;
