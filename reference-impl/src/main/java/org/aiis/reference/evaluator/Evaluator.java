package org.aiis.reference.evaluator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.codec.ClassDigest;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * Evaluates ONNX models whose operators are of the default domain at opset versions {@value Program#OLDEST_OPSET} to
 * {@value Program#NEWEST_OPSET}, of ai.onnx.ml, and of ai.onnx.preview.training. Models of opset version
 * {@value org.aiis.reference.older.OlderForms#OLDEST} and on are read as {@link org.aiis.reference.older.OlderForms} says.
 *
 * <p>A real value keeps its full precision from node to node; its σ counts one rounding to the node's type for each
 * operation of each node. Steps (Cast to an integer, Floor, comparisons) take the value as it is and carry no σ.
 */
public final class Evaluator implements Oracle {
    static final Arithmetics REFERENCE = Arithmetics.reference();

    private final Arithmetics arithmetics;
    private final Map<Set<PrecisionMode>, Arithmetics> byModes = new ConcurrentHashMap<>();
    private final ExternalTensors.Files files;
    /** Empty until first asked for, because it reads every class file. */
    private volatile String digest = "";

    private Evaluator(Arithmetics arithmetics, ExternalTensors.Files files) {
        this.arithmetics = arithmetics;
        this.files = files;
    }

    /** The oracle: double-double for float64, binary64 for narrower types, exact integers, with error terms. */
    public Evaluator() {
        this(REFERENCE, ExternalTensors.Files.NONE);
    }

    /** The oracle of models whose initializers lie in these files. */
    public static Evaluator over(ExternalTensors.Files files) {
        return new Evaluator(REFERENCE, files);
    }

    /** The same with another arithmetic. */
    public Evaluator with(Arithmetics other) {
        return new Evaluator(other, files);
    }

    /** The same operators over another arithmetic: Monte Carlo runs, or values without error terms. */
    public static Evaluator withArithmetic(Arithmetics arithmetics) {
        return new Evaluator(arithmetics, ExternalTensors.Files.NONE);
    }

    @Override
    public void check(Bytes model) {
        Program.load(model, files);
    }

    @Override
    public Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
        return evaluate(model, inputs, Set.of());
    }

    @Override
    public Reference evaluate(Bytes model, Map<String, Tensor> inputs, Set<PrecisionMode> modes) {
        Optional<Evaluated> recalled = isReference() ? Evaluated.recall(model, inputs) : Optional.empty();
        return recalled.filter(known -> known.holdsIn(modes))
                .map(Evaluated::reference)
                .orElseGet(() -> recalled.map(Evaluated::program)
                        .orElseGet(() -> Program.load(model, files))
                        .evaluate(inputs, in(modes)));
    }

    private Arithmetics in(Set<PrecisionMode> modes) {
        return modes.isEmpty() ? arithmetics : byModes.computeIfAbsent(Set.copyOf(modes), Arithmetics::reference);
    }

    private boolean isReference() {
        return arithmetics == REFERENCE && files == ExternalTensors.Files.NONE;
    }

    @Override
    public Reference sensitivity(Bytes model, Map<String, Tensor> inputs, int runs) {
        Program program = Program.load(model, files);
        Program.Measured reference = program.measured(inputs, arithmetics, (name, value) -> {});
        List<Program.Shown> shaken = LongStream.rangeClosed(1, runs)
                .mapToObj(seed -> new Program.Shown(Arithmetics.randomlyRounded(seed), (name, value) -> {}))
                .toList();
        // One after the other is kinder to what others do beside it; side by side, what lies in files is read once.
        int atOnce = files == ExternalTensors.Files.NONE ? 1 : reference.atOnce();
        return spread(reference.reference(), program.evaluate(inputs, shaken, atOnce));
    }

    /** A reference with the spread of clause 4.3.6 in place of σ, from evaluations whose every result was rounded at random. */
    public static Reference spread(Reference reference, List<Reference> shaken) {
        SortedMap<String, Reference.Value> outputs = new TreeMap<>();
        reference
                .outputs()
                .forEach((name, value) -> outputs.put(
                        name,
                        new Shaken(
                                value,
                                shaken.stream()
                                        .map(run -> Objects.requireNonNull(
                                                run.outputs().get(name)))
                                        .toList())));
        return new Reference(outputs);
    }

    /** The outputs alone, rounded to their types, in binary64 and without error terms: fast enough for whole models. */
    public SortedMap<String, Tensor> values(Bytes model, Map<String, Tensor> inputs) {
        return Program.load(model, files).values(inputs);
    }

    /** Names of the operators that it evaluates, sorted. */
    public Set<String> operators() {
        return Operators.names();
    }

    /**
     * Whether it evaluates an operator.
     *
     * @param domain empty for the default one
     * @param version of the domain's operator set; from {@value org.aiis.reference.older.OlderForms#OLDEST} on in the default one
     */
    public static boolean knows(String domain, String operator, int version) {
        return Operators.has(domain, operator, version);
    }

    /**
     * The signature that it holds nodes of an operator to, if it evaluates the operator there.
     *
     * @param domain empty for the default one
     * @param version of the domain's operator set
     */
    public static Optional<Signature> signature(String domain, String operator, int version) {
        return Operators.find(domain, operator, version).map(known -> Operators.signature(domain, operator, version));
    }

    @Override
    public String digest() {
        if (digest.isEmpty()) {
            digest = ClassDigest.of(Evaluator.class);
        }
        return digest;
    }
}
