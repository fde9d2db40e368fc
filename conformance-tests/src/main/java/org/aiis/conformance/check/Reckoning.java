package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.aiis.conformance.growth.Spreads;
import org.aiis.conformance.run.Progress;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * What a model gives and how much it shakes, as clause 4.3.6 wants it: one evaluation in the precision of the oracle, and sixteen
 * whose every result is rounded at random. They do not depend on each other, so the processors share them.
 *
 * @param program evaluates the model with an arithmetic
 * @param modes precision modes of the backend, which its dot products may use
 */
record Reckoning(Evaluation program, Set<PrecisionMode> modes) {
    /** N of clause 4.3.6. */
    static final int RUNS = 16;

    Reckoning {
        modes = Set.copyOf(modes);
    }

    /** Evaluates a model with an arithmetic, and may tell of each tensor as it is made. */
    interface Evaluation {
        Reference of(Map<String, Tensor> inputs, Arithmetics arithmetics, BiConsumer<String, Reference.Value> made);
    }

    /** @param spreads told of the tensors in between, where they are asked for */
    Reference of(Map<String, Tensor> inputs, Optional<Spreads> spreads, Progress progress) {
        progress.stage("the oracle evaluates the model", RUNS + 1);
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors()));
        try {
            List<Future<Reference>> all = new ArrayList<>();
            for (long seed = 0; seed <= RUNS; seed++) {
                long at = seed;
                Arithmetics arithmetics =
                        seed == 0 ? Arithmetics.values() : Arithmetics.randomlyRounded(seed, modes, Accuracy.RELAXED);
                BiConsumer<String, Reference.Value> made =
                        spreads.map(s -> s.evaluation(at)).orElse((name, value) -> {});
                all.add(threads.submit(() -> {
                    Reference reference = program.of(inputs, arithmetics, made);
                    progress.tick();
                    return reference;
                }));
                if (seed == 0 && spreads.isPresent()) {
                    // The others are compared with it as they go on.
                    all.get(0).get();
                }
            }
            List<Reference> references = new ArrayList<>();
            for (Future<Reference> one : all) {
                references.add(one.get());
            }
            return Evaluator.spread(references.get(0), references.subList(1, references.size()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the oracle evaluates", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
