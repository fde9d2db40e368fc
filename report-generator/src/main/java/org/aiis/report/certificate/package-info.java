/** Keys, trust list, signed statements: the only place that signs. */
@NullMarked
package org.aiis.report.certificate;

import org.jspecify.annotations.NullMarked;
