package org.aiis.conformance.qualification.dots;

/** One way to calculate a dot product with a bias (0 where there is none); its result is rounded to the type after it. */
@FunctionalInterface
interface Dot {
    /**
     * @param a factors, [k]
     * @param b factors, [k]
     * @param machine arithmetic of the accumulator
     */
    double of(double[] a, double[] b, double bias, Machine machine);
}
