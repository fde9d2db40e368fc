/** A model of somebody's own: which node, or which chain of nodes, a backend gets wrong. */
@org.jspecify.annotations.NullMarked
package org.aiis.conformance.bisect;
