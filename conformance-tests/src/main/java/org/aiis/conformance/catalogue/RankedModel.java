package org.aiis.conformance.catalogue;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Evaluated;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/**
 * A model that may leave the ranks of its outputs open, and the same with ranks. Models that come again soon, with other inputs, are
 * read and checked once.
 */
final class RankedModel {
    private static final int MOST_KNOWN = 64;
    private static final int LARGEST_KNOWN = 1 << 14;

    private static final Map<Bytes, RankedModel> KNOWN = new LinkedHashMap<>();

    private final ModelProto model;
    private final boolean odd;

    private boolean checked;

    private Optional<Program> program = Optional.empty();

    private final Map<Map<String, Integer>, Written> declared = new ConcurrentHashMap<>();

    private record Written(ModelProto model, Bytes bytes) {}

    private RankedModel(ModelProto model, boolean odd) {
        this.model = model;
        this.odd = odd;
    }

    /** Empty where the bytes are no model. */
    static Optional<RankedModel> of(Bytes bytes) {
        if (bytes.size() > LARGEST_KNOWN) {
            return read(bytes);
        }
        synchronized (KNOWN) {
            RankedModel known = KNOWN.get(bytes);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<RankedModel> fresh = read(bytes);
        fresh.ifPresent(ranked -> {
            synchronized (KNOWN) {
                KNOWN.put(bytes, ranked);
                if (KNOWN.size() > MOST_KNOWN) {
                    KNOWN.remove(KNOWN.keySet().iterator().next());
                }
            }
        });
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
        return model.getOpsetImportList().stream()
                .anyMatch(i -> (i.getDomain().isEmpty() || i.getDomain().equals("ai.onnx"))
                        && i.getVersion() < Program.OLDEST_OPSET);
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
        Written written = declared.computeIfAbsent(ranks, this::write);
        Models.inHand(written.model(), written.bytes());
        return written.bytes();
    }

    private Written write(Map<String, Integer> ranks) {
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
        return new Written(built, Bytes.own(built.toByteArray()));
    }
}
