package org.aiis.conformance.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.ValueInfoProto;

/**
 * Extents that exporters write for what they do not know: −1, which ONNX does not allow, and the name {@code ?}, which would mean that
 * all dimensions of that name are equal. Both are read as unknown, and it is said so; runtimes do the same.
 */
final class OddExtents {
    private OddExtents() {}

    static ModelFile mended(ModelFile file) {
        ModelProto model = file.model();
        Set<String> odd = new TreeSet<>();
        GraphProto.Builder graph = model.getGraph().toBuilder();
        graph.getInputBuilderList().forEach(info -> mend(info, odd));
        graph.getOutputBuilderList().forEach(info -> mend(info, odd));
        graph.getValueInfoBuilderList().forEach(info -> mend(info, odd));
        if (odd.isEmpty()) {
            return file;
        }
        List<String> notes = new ArrayList<>();
        notes.add("extents of -1 or '?' are read as unknown: " + String.join(", ", odd));
        return new ModelFile(model.toBuilder().setGraph(graph).build(), file.beside(), notes);
    }

    private static void mend(ValueInfoProto.Builder info, Set<String> odd) {
        if (!info.getType().hasTensorType() || !info.getType().getTensorType().hasShape()) {
            return;
        }
        for (TensorShapeProto.Dimension.Builder dim :
                info.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilderList()) {
            if (dim.getDimValue() < 0 || dim.getDimParam().equals("?")) {
                odd.add(info.getName());
                dim.clearValue();
            }
        }
    }
}
