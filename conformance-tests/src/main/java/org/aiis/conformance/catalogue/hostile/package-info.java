/** Hostile models, drawn from a seed: each operator's own cases damaged in every way that is known to end runtimes. */
@NullMarked
package org.aiis.conformance.catalogue.hostile;

import org.jspecify.annotations.NullMarked;
