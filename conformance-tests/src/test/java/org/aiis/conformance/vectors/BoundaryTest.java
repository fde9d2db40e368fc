package org.aiis.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.worker.Exporter;
import org.aiis.conformance.worker.Player;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.Test;

/** What crosses is the same computation: each rewritten model is run on ONNX Runtime, whose answer is the expected one. */
class BoundaryTest {
    private static final Tensor ONE = Written.floats(1, 2);
    private static final Tensor TWO = Written.floats(3);

    @Test
    void aModelOverTensorsStaysAsItIs() {
        ModelProto model = model(18, info("x", tensor()), info("y", tensor()), node("n", "Relu", List.of("x"), "y"));

        Boundary.Crossing crossing = Boundary.of(model, List.of(new Datum.Plain(ONE)), List.of(new Datum.Plain(ONE)));

        assertThat(crossing.model()).isSameAs(model);
        assertThat(crossing.inputs()).containsOnlyKeys("x");
    }

    @Test
    void aNodeWithoutANameGetsOneThatNoOtherHas() {
        ModelProto model = model(
                18,
                info("x", tensor()),
                info("y", tensor()),
                node("", "Relu", List.of("x"), "a"),
                node("n0", "Relu", List.of("a"), "y"));

        Boundary.Crossing crossing = Boundary.of(model, List.of(new Datum.Plain(ONE)), List.of(new Datum.Plain(ONE)));

        assertThat(crossing.model().getGraph().getNodeList().stream().map(NodeProto::getName))
                .doesNotHaveDuplicates()
                .doesNotContain("")
                .contains("n0");
    }

    @Test
    void aSequenceGoesInAndOutElementByElement() {
        ModelProto model =
                model(18, info("s", sequence()), info("t", sequence()), node("n", "Identity", List.of("s"), "t"));
        Datum elements = new Datum.Sequence(List.of(ONE, TWO));

        Boundary.Crossing crossing = Boundary.of(model, List.of(elements), List.of(elements));

        assertThat(crossing.inputs().values()).containsExactly(ONE, TWO);
        assertThat(crossing.outputs()).hasSize(3).containsEntry("t@length", scalar(2));
        assertThat(ran(crossing)).isEqualTo(crossing.outputs());
    }

    @Test
    void anEmptySequenceGoesInAsOneAndOutAsLengthZero() {
        ModelProto model =
                model(18, info("s", sequence()), info("t", sequence()), node("n", "Identity", List.of("s"), "t"));
        Datum none = new Datum.Sequence(List.of());

        Boundary.Crossing crossing = Boundary.of(model, List.of(none), List.of(none));

        assertThat(crossing.inputs()).isEmpty();
        assertThat(ran(crossing)).isEqualTo(crossing.outputs()).containsOnlyKeys("t@length");
    }

    @Test
    void aShorterSequenceThanExpectedShows() {
        ModelProto model =
                model(18, info("s", sequence()), info("t", sequence()), node("n", "Identity", List.of("s"), "t"));

        Boundary.Crossing crossing = Boundary.of(
                model, List.of(new Datum.Sequence(List.of(ONE))), List.of(new Datum.Sequence(List.of(ONE, TWO))));

        assertThat(observed(crossing)).isInstanceOf(Observation.Rejected.class);
    }

    @Test
    void anOptionalWithAValueGoesInAndOut() {
        ModelProto model = model(
                18,
                info("o", optional(tensor())),
                info("p", optional(tensor())),
                node("n", "Identity", List.of("o"), "p"));

        Boundary.Crossing crossing = Boundary.of(model, List.of(new Datum.Plain(ONE)), List.of(new Datum.Plain(ONE)));

        assertThat(crossing.outputs()).containsOnlyKeys("p@has", "p@value");
        assertThat(ran(crossing)).isEqualTo(crossing.outputs());
    }

    @Test
    void anOptionalWithoutAValueStaysWithout() {
        ModelProto model = model(
                18,
                info("o", optional(tensor())),
                info("p", optional(tensor())),
                node("n", "Identity", List.of("o"), "p"));

        Boundary.Crossing crossing = Boundary.of(model, List.of(new Datum.Absent()), List.of(new Datum.Absent()));

        assertThat(crossing.outputs())
                .containsOnlyKeys("p@has")
                .containsEntry("p@has", Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 0));
        assertThat(ran(crossing)).isEqualTo(crossing.outputs());
    }

    @Test
    void anOptionalOfASequenceGoesInAndOutElementByElement() {
        ModelProto model = model(
                18,
                info("o", optional(sequence())),
                info("p", optional(sequence())),
                node("n", "Identity", List.of("o"), "p"));
        Datum elements = new Datum.Sequence(List.of(ONE, TWO));

        Boundary.Crossing crossing = Boundary.of(model, List.of(elements), List.of(elements));

        assertThat(crossing.outputs()).hasSize(4);
        assertThat(ran(crossing)).isEqualTo(crossing.outputs());
    }

    @Test
    void aMapCannotCrossAndSaysSo() {
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder().setKeyType(7).setValueType(tensor()))
                .build();
        ModelProto model = model(18, info("m", map), info("y", tensor()), node("n", "Identity", List.of("m"), "y"));

        assertThatThrownBy(() -> Boundary.of(model, List.of(new Datum.Absent()), List.of(new Datum.Plain(ONE))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a map");
    }

    @Test
    void anOptionalAtAnOpsetWithoutOptionalsIsNotDriven() {
        ModelProto model =
                model(13, info("o", optional(tensor())), info("y", tensor()), node("n", "Identity", List.of("o"), "y"));

        assertThatThrownBy(() -> Boundary.of(model, List.of(new Datum.Plain(ONE)), List.of(new Datum.Plain(ONE))))
                .hasMessageContaining("opset version 13");
    }

    @Test
    void moreDataThanTheModelHasInputsIsRefused() {
        ModelProto model = model(18, info("x", tensor()), info("y", tensor()), node("n", "Relu", List.of("x"), "y"));
        Datum value = new Datum.Plain(ONE);

        assertThatThrownBy(() -> Boundary.of(model, List.of(value, value), List.of(value)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 inputs");
    }

    private static TreeMap<String, Tensor> ran(Boundary.Crossing crossing) {
        Observation observation = observed(crossing);
        assertThat(observation).isInstanceOf(Observation.Outputs.class);
        TreeMap<String, Tensor> values = new TreeMap<>();
        ((Observation.Outputs) observation)
                .values()
                .forEach((name, value) -> values.put(name, ((Recorded.Whole) value).tensor()));
        return values;
    }

    private static Observation observed(Boundary.Crossing crossing) {
        try (Backend cpu = Backends.installed().open("cpu", new TreeMap<>())) {
            return new Player(cpu, Exporter.NONE, false)
                    .observe(new Stimulus.ModelRun(Bytes.own(crossing.model().toByteArray()), crossing.inputs()));
        }
    }

    private static ModelProto model(int opset, ValueInfoProto input, ValueInfoProto output, NodeProto... nodes) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(GraphProto.newBuilder()
                        .setName("g")
                        .addInput(input)
                        .addOutput(output)
                        .addAllNode(List.of(nodes)))
                .build();
    }

    private static NodeProto node(String name, String operator, List<String> from, String to) {
        return NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(from)
                .addOutput(to)
                .build();
    }

    private static ValueInfoProto info(String name, TypeProto type) {
        return ValueInfoProto.newBuilder().setName(name).setType(type).build();
    }

    private static TypeProto tensor() {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))
                .build();
    }

    private static TypeProto sequence() {
        return TypeProto.newBuilder()
                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(tensor()))
                .build();
    }

    private static TypeProto optional(TypeProto of) {
        return TypeProto.newBuilder()
                .setOptionalType(TypeProto.Optional.newBuilder().setElemType(of))
                .build();
    }

    private static Tensor scalar(long value) {
        return Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, value);
    }
}
