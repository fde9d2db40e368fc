package org.aiis.reference.evaluator;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.aiis.reference.older.OlderForms;
import org.aiis.reference.operators.Known;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.activation.ActivationFamily;
import org.aiis.reference.operators.attention.AttentionFamily;
import org.aiis.reference.operators.comparison.ComparisonFamily;
import org.aiis.reference.operators.control.ControlFamily;
import org.aiis.reference.operators.conversion.ConversionFamily;
import org.aiis.reference.operators.convolution.ConvolutionFamily;
import org.aiis.reference.operators.elementwise.ElementwiseFamily;
import org.aiis.reference.operators.generation.GenerationFamily;
import org.aiis.reference.operators.learning.LearningFamily;
import org.aiis.reference.operators.linear.LinearFamily;
import org.aiis.reference.operators.loss.LossFamily;
import org.aiis.reference.operators.movement.MovementFamily;
import org.aiis.reference.operators.normalisation.NormalisationFamily;
import org.aiis.reference.operators.pooling.PoolingFamily;
import org.aiis.reference.operators.quantisation.QuantisationFamily;
import org.aiis.reference.operators.recurrent.RecurrentFamily;
import org.aiis.reference.operators.reduction.ReductionFamily;
import org.aiis.reference.operators.sequences.SequenceFamily;
import org.aiis.reference.operators.signal.SignalFamily;
import org.aiis.reference.operators.text.TextFamily;
import org.aiis.reference.operators.training.TrainingFamily;
import org.aiis.reference.operators.vision.VisionFamily;

/** The operators of all families, by domain and name. */
final class Operators {
    /** Versions of each operator set that are covered. */
    record Versions(int oldest, int newest) {}

    /** By domain. */
    static final Map<String, Versions> SETS = Map.of(
            "",
            new Versions(Program.OLDEST_OPSET, Program.NEWEST_OPSET),
            Known.ML,
            new Versions(1, 5),
            Known.TRAINING,
            new Versions(1, 1));

    /** Whether the oracle evaluates the operator at a version, in today's form or in an older one. */
    static boolean has(String domain, String name, int version) {
        return isOlder(domain, version)
                ? OlderForms.has(
                        name, version, find(domain, name, Program.OLDEST_OPSET).isPresent())
                : find(domain, name, version).isPresent();
    }

    /** Whether a version of the default domain is one whose forms are read as those of the oldest one covered. */
    static boolean isOlder(String domain, int version) {
        return domain.isEmpty() && version < Program.OLDEST_OPSET;
    }

    /** An operator with its signatures, each made when it is first asked for: a model has few of the thousands. */
    private static final class Entry {
        private final Known known;
        private final int oldest;
        private final AtomicReferenceArray<Signature> signatures;

        Entry(Known known) {
            Versions versions = SETS.getOrDefault(known.domain(), new Versions(1, 1));
            this.known = known;
            this.oldest = Math.max(known.since(), versions.oldest());
            this.signatures = new AtomicReferenceArray<>(Math.min(known.until(), versions.newest()) - oldest + 1);
        }

        Known known() {
            return known;
        }

        Signature signature(int version) {
            Signature made = signatures.get(version - oldest);
            if (made == null) {
                made = known.operator().signature(version);
                signatures.set(version - oldest, made);
            }
            return made;
        }
    }

    private static final Map<String, Map<String, Entry>> ALL = all();

    private Operators() {}

    /** Names in the default domain; those of another domain behind its name and a dot. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ALL.forEach((domain, entries) ->
                entries.keySet().forEach(name -> names.add(domain.isEmpty() ? name : domain + "." + name)));
        return Collections.unmodifiableSet(names);
    }

    private static Optional<Entry> entry(String domain, String name, int version) {
        return Optional.ofNullable(ALL.getOrDefault(domain, Map.of()).get(name))
                .filter(e ->
                        e.known().since() <= version && version <= e.known().until());
    }

    static Optional<Operator> find(String domain, String name, int version) {
        return entry(domain, name, version).map(e -> e.known().operator());
    }

    /** Of an operator that {@link #find} finds. */
    static Signature signature(String domain, String name, int version) {
        return entry(domain, name, version)
                .orElseThrow(() -> new IllegalArgumentException(name + " is no operator at version " + version))
                .signature(version);
    }

    private static Map<String, Map<String, Entry>> all() {
        Map<String, Map<String, Entry>> all = new HashMap<>();
        Stream.of(
                        ActivationFamily.operators(),
                        ComparisonFamily.operators(),
                        ControlFamily.operators(),
                        ConversionFamily.operators(),
                        ConvolutionFamily.operators(),
                        ElementwiseFamily.operators(),
                        GenerationFamily.operators(),
                        LinearFamily.operators(),
                        LossFamily.operators(),
                        MovementFamily.operators(),
                        NormalisationFamily.operators(),
                        PoolingFamily.operators(),
                        QuantisationFamily.operators(),
                        RecurrentFamily.operators(),
                        AttentionFamily.operators(),
                        LearningFamily.operators(),
                        ReductionFamily.operators(),
                        SequenceFamily.operators(),
                        SignalFamily.operators(),
                        TextFamily.operators(),
                        TrainingFamily.operators(),
                        VisionFamily.operators())
                .flatMap(List::stream)
                .forEach(known -> {
                    Entry before = all.computeIfAbsent(known.domain(), d -> new TreeMap<>())
                            .put(known.name(), new Entry(known));
                    if (before != null) {
                        throw new IllegalStateException(known.name() + " is listed twice");
                    }
                });
        return all;
    }
}
