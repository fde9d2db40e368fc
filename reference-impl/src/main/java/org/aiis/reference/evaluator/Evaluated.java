package org.aiis.reference.evaluator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * A model with inputs, and what the oracle says it gives. Who makes a model that declares of its outputs what this says, and
 * {@linkplain #rememberAs remembers} it so, has it evaluated once: the oracle, asked next in the same thread about that model and
 * these inputs, does not begin anew.
 */
public final class Evaluated {
    private static final ThreadLocal<Optional<Evaluated>> LAST = ThreadLocal.withInitial(Optional::empty);

    private final Program program;
    private final SortedMap<String, Tensor> inputs;
    private final Reference reference;
    private final Set<ElementType> dotted;
    private Optional<Bytes> model = Optional.empty();

    private Evaluated(Program program, SortedMap<String, Tensor> inputs, Reference reference, Set<ElementType> dotted) {
        this.program = program;
        this.inputs = inputs;
        this.reference = reference;
        this.dotted = dotted;
    }

    /**
     * Evaluates a model as {@link Evaluator} does.
     *
     * @throws Oracle.Refusal when the inputs are not valid
     */
    public static Evaluated of(Program program, Map<String, Tensor> inputs) {
        Set<ElementType> dotted = ConcurrentHashMap.newKeySet();
        Reference reference =
                program.evaluate(inputs, type -> new Dotted(Evaluator.REFERENCE.of(type), () -> dotted.add(type)));
        return new Evaluated(program, new TreeMap<>(inputs), reference, dotted);
    }

    public Reference reference() {
        return reference;
    }

    /** @param same the model, but for shapes that it declares of outputs and that are those of the reference */
    public void rememberAs(Bytes same) {
        model = Optional.of(same);
        LAST.set(Optional.of(this));
    }

    /** What this thread remembered last, once, if it is of this very model and these very inputs. */
    static Optional<Evaluated> recall(Bytes model, Map<String, Tensor> inputs) {
        Optional<Evaluated> last = LAST.get();
        if (last.isEmpty()) {
            return last;
        }
        LAST.remove();
        return last.filter(found -> found.isOf(model, inputs));
    }

    @SuppressWarnings("ReferenceEquality") // To compare what they hold would take as long as to digest it.
    private boolean isOf(Bytes other, Map<String, Tensor> others) {
        if (model.isEmpty() || model.get() != other || inputs.size() != others.size()) {
            return false;
        }
        for (Map.Entry<String, Tensor> entry : inputs.entrySet()) {
            if (others.get(entry.getKey()) != entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the reference is the same in these modes: it holds no dot product of a type that they change. */
    boolean holdsIn(Set<PrecisionMode> modes) {
        for (PrecisionMode mode : modes) {
            for (ElementType type : dotted) {
                if (mode.affects(type)) {
                    return false;
                }
            }
        }
        return true;
    }

    Program program() {
        return program;
    }
}
