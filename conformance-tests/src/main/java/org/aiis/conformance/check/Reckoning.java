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
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * What a model gives and how much it shakes, as clause 4.3.6 wants it: one evaluation in the precision of the oracle, and sixteen
 * whose every result is rounded at random. They do not depend on each other, so the processors share them: node by node where the
 * model's data lie in files, so that each is read twice and not seventeen times; else evaluation by evaluation.
 *
 * @param modes precision modes of the backend, which its dot products may use
 * @param spreads told of the tensors in between, where they are asked for
 */
record Reckoning(Set<PrecisionMode> modes, Optional<Spreads> spreads, Progress progress) {
    /** N of clause 4.3.6. */
    static final int RUNS = 16;

    Reckoning {
        modes = Set.copyOf(modes);
    }

    /** Evaluates a model with an arithmetic, and may tell of each tensor as it is made. */
    interface Evaluation {
        Reference of(Map<String, Tensor> inputs, Arithmetics arithmetics, BiConsumer<String, Reference.Value> made);
    }

    /** Node by node. */
    Reference nodeByNode(Program program, Map<String, Tensor> inputs) {
        try {
            progress.stage("the oracle evaluates the model", program.tensors().size());
            Program.Measured first = program.measured(inputs, arithmetics(0), ticking(made(0)));
            int atOnce = Math.min(RUNS, first.atOnce());
            progress.stage(
                    "the oracle shakes the model",
                    (RUNS + atOnce - 1) / atOnce * program.tensors().size());
            List<Program.Shown> shaken = new ArrayList<>();
            for (long seed = 1; seed <= RUNS; seed++) {
                shaken.add(new Program.Shown(
                        arithmetics(seed), (seed - 1) % atOnce == 0 ? ticking(made(seed)) : made(seed)));
            }
            return Evaluator.spread(first.reference(), program.evaluate(inputs, shaken, atOnce));
        } catch (OutOfMemoryError e) {
            throw memory();
        }
    }

    private BiConsumer<String, Reference.Value> ticking(BiConsumer<String, Reference.Value> made) {
        return made.andThen((name, value) -> progress.tick());
    }

    private BiConsumer<String, Reference.Value> made(long seed) {
        return spreads.map(s -> s.evaluation(seed)).orElse((name, value) -> {});
    }

    private Arithmetics arithmetics(long seed) {
        return seed == 0 ? Arithmetics.values() : Arithmetics.randomlyRounded(seed, modes, Accuracy.RELAXED);
    }

    private static InputException memory() {
        return InputException.of(
                "the oracle has not enough memory for the model: "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
                "give it more, as in AIIS_HEAP=4g ./aiis …");
    }

    /** @param atOnce evaluations side by side */
    Reference evaluationByEvaluation(Evaluation program, Map<String, Tensor> inputs, int atOnce) {
        progress.stage("the oracle evaluates the model", RUNS + 1);
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, atOnce));
        try {
            List<Future<Reference>> all = new ArrayList<>();
            for (long seed = 0; seed <= RUNS; seed++) {
                Arithmetics arithmetics = arithmetics(seed);
                BiConsumer<String, Reference.Value> made = made(seed);
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
            if (e.getCause() instanceof OutOfMemoryError) {
                throw memory();
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
