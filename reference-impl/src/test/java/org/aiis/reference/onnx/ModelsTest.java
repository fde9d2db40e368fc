package org.aiis.reference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;

/** What was written is not read again, unless reading would refuse it. */
class ModelsTest {
    private static ModelProto plain() {
        Bytes bytes = new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .node("Neg", List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2)
                .build();
        return Models.parse(Bytes.copyOf(bytes.toArray()));
    }

    private static ModelProto nested(int depth) {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int i = 0; i < depth; i++) {
            AttributeProto body = AttributeProto.newBuilder()
                    .setName("body")
                    .setType(AttributeProto.AttributeType.GRAPH)
                    .setG(graph)
                    .build();
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder().addAttribute(body))
                    .build();
        }
        return ModelProto.newBuilder().setGraph(graph).build();
    }

    @Test
    void whatWasWrittenLastComesBackAsItIs() {
        ModelProto model = plain();
        Bytes bytes = Models.write(model);
        assertThat(Models.parse(bytes)).isSameAs(model);
        Bytes same = Bytes.copyOf(bytes.toArray());
        assertThat(Models.written(same)).isEmpty();
        assertThat(Models.parse(same)).isEqualTo(model).isNotSameAs(model);
        Models.write(nested(1));
        assertThat(Models.written(bytes)).isEmpty();
    }

    @Test
    void aModelThatNestsIsReadWithItsBoundedDepth() {
        assertThat(Models.parse(Models.write(nested(4)))).isEqualTo(nested(4));
        Bytes deep = Models.write(nested(200));
        assertThatThrownBy(() -> Models.parse(deep)).isInstanceOf(Oracle.Refusal.class);
    }

    @Test
    void anAttributeOfNoSaidTypeMayHoldAGraph() {
        ModelProto said = nested(200);
        NodeProto.Builder node = said.getGraph().getNode(0).toBuilder();
        node.setAttribute(0, node.getAttribute(0).toBuilder().setType(AttributeProto.AttributeType.INT));
        Bytes lying = Models.write(
                said.toBuilder().setGraph(GraphProto.newBuilder().addNode(node)).build());
        assertThatThrownBy(() -> Models.parse(lying)).isInstanceOf(Oracle.Refusal.class);
    }
}
