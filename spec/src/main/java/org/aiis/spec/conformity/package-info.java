/** What is claimed and what is asked: profiles, ICS and IXIT, waivers, the system under test. */
@NullMarked
package org.aiis.spec.conformity;

import org.jspecify.annotations.NullMarked;
