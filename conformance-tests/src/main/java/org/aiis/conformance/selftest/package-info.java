/** A self-test for programs that speak spec/worker-protocol.md: what a vendor runs before any conformance run. */
@NullMarked
package org.aiis.conformance.selftest;

import org.jspecify.annotations.NullMarked;
