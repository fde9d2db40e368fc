/** Views made from evidence: the report page, JUnit XML, Allure results. */
@NullMarked
package org.aiis.report.view;

import org.jspecify.annotations.NullMarked;
