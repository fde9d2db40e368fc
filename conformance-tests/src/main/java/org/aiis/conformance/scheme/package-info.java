/** The scheme around a run: profiles, waivers, ICS, and what they select of the catalogue. */
@NullMarked
package org.aiis.conformance.scheme;

import org.jspecify.annotations.NullMarked;
