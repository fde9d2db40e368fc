/** A model of somebody's own, run on a backend and judged: outputs, placement, determinism, memory, a glance at latency. */
@org.jspecify.annotations.NullMarked
package org.aiis.conformance.check;
