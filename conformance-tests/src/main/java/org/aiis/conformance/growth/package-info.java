/** Where the error of a backend grows in a model of somebody's own: node by node, and from its source to the outputs. */
@org.jspecify.annotations.NullMarked
package org.aiis.conformance.growth;
