/**
 * Graphs with gradients: values that know their type and extents, operators that each bring their derivative, and
 * reverse-mode differentiation that draws the derivative of a graph into the same graph.
 */
@NullMarked
package org.aiis.reference.pipeline.gradient;

import org.jspecify.annotations.NullMarked;
