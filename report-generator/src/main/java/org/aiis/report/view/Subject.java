package org.aiis.report.view;

import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Inputs;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.standard.Standard;

/** All that a view is made from. */
public record Subject(Standard standard, Inputs inputs, Evidence evidence, Results results) {}
