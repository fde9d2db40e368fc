/** The experiment on tanh and sigmoid inside recurrent layers and attention: clauses 4.3.5 and 4.3.7 of the standard. */
@NullMarked
package org.aiis.conformance.qualification.layers;

import org.jspecify.annotations.NullMarked;
