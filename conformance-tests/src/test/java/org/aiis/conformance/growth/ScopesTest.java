package org.aiis.conformance.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.aiis.onnx.NodeProto;
import org.junit.jupiter.api.Test;

/** Groups into which a graph is folded. */
class ScopesTest {
    private static NodeProto node(String name, String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static List<List<String>> scopes(List<NodeProto> nodes) {
        Map<String, Integer> maker = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            maker.put(nodes.get(i).getOutput(0), i);
        }
        return Scopes.of(nodes, maker);
    }

    @Test
    void namesThatAnExporterWroteAreScopes() {
        assertThat(scopes(List.of(
                        node("/encoder/layer.0/MatMul", "MatMul", "a", "x"),
                        node("/encoder/layer.0/Add", "Add", "b", "a"),
                        node("Neg", "Neg", "c", "b"))))
                .containsExactly(List.of("encoder", "layer.0"), List.of("encoder", "layer.0"), List.of());
    }

    @Test
    void whereNodesHaveNoNamesThoseOfTheirOutputsAreTaken() {
        assertThat(scopes(List.of(node("", "MatMul", "/a/b/c", "x"), node("", "Add", "/a/d", "/a/b/c"))))
                .containsExactly(List.of("a", "b"), List.of("a"));
    }

    /** Blocks of nine nodes, within which two branches run: cuts lie where one tensor alone crosses. */
    @Test
    void withoutNamesAGraphIsCutWhereTheFewestTensorsCross() {
        List<NodeProto> nodes = new ArrayList<>();
        String h = "x";
        for (int block = 0; block < 40; block++) {
            String left = h;
            String right = h;
            for (int i = 0; i < 4; i++) {
                nodes.add(node("", "Relu", "l" + block + "." + i, left));
                nodes.add(node("", "Relu", "r" + block + "." + i, right));
                left = "l" + block + "." + i;
                right = "r" + block + "." + i;
            }
            h = "h" + block;
            nodes.add(node("", "Add", h, left, right));
        }
        List<List<String>> scopes = scopes(nodes);

        assertThat(new TreeSet<>(scopes.stream().map(s -> s.get(0)).toList())).hasSizeBetween(8, 20);
        for (int i = 1; i < nodes.size(); i++) {
            if (!scopes.get(i).get(0).equals(scopes.get(i - 1).get(0))) {
                assertThat(nodes.get(i - 1).getOpType()).isEqualTo("Add");
            }
        }
    }
}
