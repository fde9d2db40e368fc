package org.aiis.reference.evaluator;

import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.operators.Budget;

/** What all graphs of one run share. */
record Run(Arithmetics arithmetics, Budget budget) {}
