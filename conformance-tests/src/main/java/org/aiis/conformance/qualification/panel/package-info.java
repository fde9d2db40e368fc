/** The panel: what can be wrong in an implementation, one declaration a fault, and right ways to do it otherwise. */
@NullMarked
package org.aiis.conformance.qualification.panel;

import org.jspecify.annotations.NullMarked;
