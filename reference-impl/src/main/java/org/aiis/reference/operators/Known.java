package org.aiis.reference.operators;

/**
 * An operator that the oracle knows.
 *
 * @param domain of the operator set, empty for the default one
 * @param since first version of that operator set that has it, or the oldest one covered
 * @param until last version that has it
 */
public record Known(String domain, String name, int since, int until, Operator operator) {
    /** Operators of classical machine learning. */
    public static final String ML = "ai.onnx.ml";
    /** Gradients and optimizers. */
    public static final String TRAINING = "ai.onnx.preview.training";

    /** One of the default domain that the oldest version covered has. */
    public static Known of(String name, Operator operator) {
        return since(0, name, operator);
    }

    /** One of the default domain that is younger. */
    public static Known since(int since, String name, Operator operator) {
        return of("", since, name, operator);
    }

    public static Known of(String domain, int since, String name, Operator operator) {
        return new Known(domain, name, since, Integer.MAX_VALUE, operator);
    }
}
