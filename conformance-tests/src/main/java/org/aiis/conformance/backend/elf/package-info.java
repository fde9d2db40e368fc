/** Shared libraries of Linux: read, copied without the versions that they ask for, and a small one written. */
@NullMarked
package org.aiis.conformance.backend.elf;

import org.jspecify.annotations.NullMarked;
