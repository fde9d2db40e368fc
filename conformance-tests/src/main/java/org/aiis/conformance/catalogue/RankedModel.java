package org.aiis.conformance.catalogue;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Evaluated;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.LastModels;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/**
 * A model that may leave the ranks of its outputs open, and the same with ranks. Models that come again soon, with other inputs, are
 * read and checked once.
 */
final class RankedModel {
    private static final LastModels<RankedModel> KNOWN = new LastModels<>();

    private final ModelProto model;
    private final boolean odd;

    private boolean checked;

    private Optional<Program> program = Optional.empty();

    private final Map<Map<String, Integer>, Models.Written> declared = new ConcurrentHashMap<>();

    private RankedModel(ModelProto model, boolean odd) {
        this.model = model;
        this.odd = odd;
    }

    /** Empty where the bytes are no model. */
    static Optional<RankedModel> of(Bytes bytes) {
        Optional<RankedModel> known = KNOWN.get(bytes);
        if (known.isPresent()) {
            return known;
        }
        Optional<RankedModel> fresh = read(bytes);
        fresh.ifPresent(ranked -> KNOWN.put(bytes, ranked));
        return fresh;
    }

    private static Optional<RankedModel> read(Bytes bytes) {
        try {
            ModelProto model = Models.parse(bytes);
            // Odd bytes, which would be written otherwise, are odd on purpose.
            boolean odd = Models.written(bytes).isEmpty() && !bytes.view().equals(ByteBuffer.wrap(model.toByteArray()));
            return Optional.of(new RankedModel(model, odd));
        } catch (Oracle.Refusal damaged) {
            return Optional.empty();
        }
    }

    /** Empty where no rank is open, and of models that the oracle does not take. */
    private synchronized Optional<Program> program() {
        if (!checked) {
            program = check(model);
            checked = true;
        }
        return program;
    }

    private static Optional<Program> check(ModelProto model) {
        if (isOlder(model) || model.getGraph().getOutputList().stream().noneMatch(RankedModel::isOpen)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Program.of(model));
        } catch (Oracle.Refusal notValid) {
            return Optional.empty();
        }
    }

    /** Damage may leave a version from before the catalogue's, which the oracle reads for models that people bring. */
    private static boolean isOlder(ModelProto model) {
        for (OperatorSetIdProto imported : model.getOpsetImportList()) {
            boolean standard =
                    imported.getDomain().isEmpty() || imported.getDomain().equals("ai.onnx");
            if (standard && imported.getVersion() < Program.OLDEST_OPSET) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOpen(ValueInfoProto output) {
        TypeProto type = output.getType();
        return type.hasTensorType() && !type.getTensorType().hasShape();
    }

    /** What the oracle says of it with these inputs, where ranks are open; nothing where it knows no result. */
    Optional<Evaluated> evaluated(SortedMap<String, Tensor> inputs) {
        try {
            return program().map(valid -> Evaluated.of(valid, inputs));
        } catch (Oracle.Refusal notValid) {
            return Optional.empty();
        }
    }

    /**
     * The model with ranks where it leaves them open.
     *
     * @param otherwise its bytes as they are
     * @param ranks of outputs by name
     */
    Bytes with(Map<String, Integer> ranks, Bytes otherwise) {
        if (ranks.isEmpty() || odd) {
            return otherwise;
        }
        Models.Written written = declared.computeIfAbsent(ranks, this::write);
        Models.inHand(written);
        return written.bytes();
    }

    private Models.Written write(Map<String, Integer> ranks) {
        ModelProto.Builder ranked = model.toBuilder();
        for (ValueInfoProto.Builder output : ranked.getGraphBuilder().getOutputBuilderList()) {
            Integer rank = ranks.get(output.getName());
            if (rank != null && isOpen(output.build())) {
                TensorShapeProto.Builder shape =
                        output.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
                for (int axis = 0; axis < rank; axis++) {
                    shape.addDimBuilder().setDimParam(output.getName() + "_d" + axis);
                }
            }
        }
        ModelProto built = ranked.build();
        return new Models.Written(built, Bytes.own(built.toByteArray()));
    }
}
