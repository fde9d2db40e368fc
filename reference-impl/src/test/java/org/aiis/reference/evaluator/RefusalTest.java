package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What is not valid ONNX is refused with a reason, at load where the model alone shows it. */
class RefusalTest {
    private static final Tensor X = Tensor.ofFloats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    private static Oracle.Refusal refusal(ModelBuilder model, Map<String, Tensor> inputs) {
        return catchThrowableOfType(Oracle.Refusal.class, () -> new Evaluator().evaluate(model.build(), inputs));
    }

    private static ModelBuilder softmax(AttributeProto... attributes) {
        return new ModelBuilder(17)
                .input("x", X)
                .node("Softmax", List.of("x"), List.of("y"), attributes)
                .output("y", ElementType.FLOAT32, 2, 3);
    }

    private static void refusedAtLoad(ModelBuilder model, String why) {
        Oracle.Refusal refusal = refusal(model, Map.of("x", X));
        assertThat(refusal).isNotNull().hasMessageContaining(why);
        assertThat(refusal.atLoad()).isTrue();
    }

    private static void refusedAtRun(ModelBuilder model, Map<String, Tensor> inputs, String why) {
        Oracle.Refusal refusal = refusal(model, inputs);
        assertThat(refusal).isNotNull().hasMessageContaining(why);
        assertThat(refusal.atLoad()).isFalse();
    }

    @Test
    void theValidTwinRuns() {
        assertThatCode(() -> new Evaluator()
                        .evaluate(softmax(Attribute.of("axis", 1)).build(), Map.of("x", X)))
                .doesNotThrowAnyException();
    }

    @Test
    void bytesThatAreNoModel() {
        assertThat(catchThrowableOfType(Oracle.Refusal.class, () -> new Evaluator()
                        .evaluate(Bytes.copyOf(new byte[] {1, 2, 3}), Map.of())))
                .isNotNull();
    }

    @Test
    void unknownAttribute() {
        refusedAtLoad(softmax(Attribute.of("axes", 1)), "'axes' is not known");
    }

    @Test
    void attributeOfAnotherType() {
        refusedAtLoad(softmax(Attribute.of("axis", 1f)), "is FLOAT, must be INT");
    }

    @Test
    void attributeGivenTwice() {
        refusedAtLoad(softmax(Attribute.of("axis", 1), Attribute.of("axis", 1)), "given twice");
    }

    @Test
    void axisOutOfRange() {
        refusedAtRun(softmax(Attribute.of("axis", 2)), Map.of("x", X), "axis 2 of a tensor of rank 2");
    }

    @Test
    void unknownOperatorNamesTheNearest() {
        refusedAtLoad(new ModelBuilder(17).input("x", X).node("SoftMax", List.of("x"), List.of("y")), "is it Softmax?");
    }

    @Test
    void operatorYoungerThanTheOpset() {
        refusedAtLoad(
                new ModelBuilder(17).input("x", X).node("Gelu", List.of("x"), List.of("y")),
                "Gelu is not known at opset version 17");
    }

    @Test
    void unknownDomain() {
        refusedAtLoad(
                new ModelBuilder(17).input("x", X).node("other", "Relu", List.of("x"), List.of("y"), List.of()),
                "domain 'other'");
    }

    @Test
    void opsetAndIrOutsideTheRange() {
        refusedAtLoad(new ModelBuilder(6), "opset version 6");
        refusedAtLoad(new ModelBuilder(17).irVersion(99), "IR version 99");
    }

    @Test
    void tooManyAndTooFewInputs() {
        refusedAtLoad(
                new ModelBuilder(17).input("x", X).node("Relu", List.of("x", "x"), List.of("y")), "found 2 inputs");
        refusedAtLoad(new ModelBuilder(17).input("x", X).node("Add", List.of("x"), List.of("y")), "found 1 inputs");
        refusedAtLoad(
                new ModelBuilder(17).input("x", X).node("Add", List.of("x", ""), List.of("y")), "input 1 is missing");
    }

    @Test
    void typeThatTheSchemaForbids() {
        refusedAtLoad(
                new ModelBuilder(17).input("i", ElementType.INT32, 2).node("Exp", List.of("i"), List.of("y")),
                "may not be int32");
    }

    @Test
    void unequalTypes() {
        refusedAtLoad(
                new ModelBuilder(17)
                        .input("x", X)
                        .input("d", ElementType.FLOAT64, 2, 3)
                        .node("Add", List.of("x", "d"), List.of("y")),
                "is float64 where T is already float32");
    }

    @Test
    void valueWrittenTwice() {
        refusedAtLoad(
                new ModelBuilder(17)
                        .input("x", X)
                        .node("Relu", List.of("x"), List.of("y"))
                        .node("Neg", List.of("x"), List.of("y")),
                "written twice");
    }

    @Test
    void danglingInputAndOutput() {
        refusedAtLoad(
                new ModelBuilder(17).input("x", X).node("Relu", List.of("nothing"), List.of("y")), "nothing writes");
        refusedAtLoad(new ModelBuilder(17).input("x", X).output("y", ElementType.FLOAT32, 2, 3), "produced by nothing");
    }

    @Test
    void cycle() {
        refusedAtLoad(
                new ModelBuilder(17)
                        .input("x", X)
                        .node("Add", List.of("x", "b"), List.of("a"))
                        .node("Relu", List.of("a"), List.of("b")),
                "cycle");
    }

    @Test
    void nodesOutOfOrderAreSorted() {
        ModelBuilder model = new ModelBuilder(17)
                .input("x", X)
                .node("Neg", List.of("a"), List.of("y"))
                .node("Relu", List.of("x"), List.of("a"))
                .output("y", ElementType.FLOAT32, 2, 3);
        assertThat(new Evaluator()
                        .values(model.build(), Map.of("x", X))
                        .get("y")
                        .reals())
                .containsExactly(-1, -2, -3, -4, -5, -6);
    }

    @Test
    void falseDeclarationsOfOutputs() {
        refusedAtLoad(
                new ModelBuilder(17)
                        .input("x", X)
                        .node("Relu", List.of("x"), List.of("y"))
                        .output("y", ElementType.FLOAT64, 2, 3),
                "declared float64");
        refusedAtRun(
                new ModelBuilder(17)
                        .input("x", X)
                        .node("Relu", List.of("x"), List.of("y"))
                        .output("y", ElementType.FLOAT32, 3, 2),
                Map.of("x", X),
                "has extent 3 at axis 0");
    }

    @Test
    void inputsThatDoNotFit() {
        refusedAtRun(softmax(), Map.of(), "'x' is missing");
        refusedAtRun(softmax(), Map.of("x", X, "z", X), "'z' is no input");
        refusedAtRun(softmax(), Map.of("x", X.reshaped(Shape.of(6))), "has rank 2");
        refusedAtRun(softmax(), Map.of("x", X.reshaped(Shape.of(3, 2))), "has extent 2 at axis 0");
        refusedAtRun(
                softmax(),
                Map.of("x", Tensor.ofReals(ElementType.FLOAT64, Shape.of(2, 3), new double[6])),
                "is float32");
    }

    @Test
    void aSymbolicExtentMeansOneNumber() {
        ModelBuilder model = new ModelBuilder(17)
                .input("a", ElementType.FLOAT32, "N")
                .input("b", ElementType.FLOAT32, "N")
                .node("Add", List.of("a", "b"), List.of("y"))
                .output("y", ElementType.FLOAT32, "N");
        Tensor one = Tensor.ofFloats(Shape.of(1), 1);
        Tensor two = Tensor.ofFloats(Shape.of(2), 1, 2);
        refusedAtRun(model, Map.of("a", one, "b", two), "'N', which is 1, found 2");
    }

    @Test
    void shapesThatDoNotBroadcast() {
        ModelBuilder model = new ModelBuilder(17)
                .input("x", X)
                .initializer("c", Tensor.ofFloats(Shape.of(2), 1, 2))
                .node("Add", List.of("x", "c"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2, 3);
        refusedAtRun(model, Map.of("x", X), "do not broadcast");
    }

    @Test
    void resultsThatAreTooLarge() {
        ModelBuilder model = new ModelBuilder(17)
                .initializer("s", Tensor.ofLongs(ElementType.INT64, Shape.of(2), 1 << 20, 1 << 20))
                .node("ConstantOfShape", List.of("s"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32);
        refusedAtRun(model, Map.of(), "more elements than the oracle allows");
    }

    @Test
    void damagedModelsAreRefusedAndNothingElse() {
        byte[] whole = softmax(Attribute.of("axis", 1)).build().toArray();
        Random random = new Random(20261123);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k <= i % 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> evaluateOrRefuse(Bytes.own(damaged))).doesNotThrowAnyException();
        }
    }

    private static void evaluateOrRefuse(Bytes model) {
        try {
            new Evaluator().evaluate(model, Map.of("x", X));
        } catch (Oracle.Refusal expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }
}
