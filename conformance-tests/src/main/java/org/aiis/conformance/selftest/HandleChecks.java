package org.aiis.conformance.selftest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.selftest.Check.Result;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/** Tensors and models under handles: kept, replaced, dropped, unknown. */
final class HandleChecks {
    private static final Tensor ONE = Tensor.ofFloats(Shape.of(2), 1, -0.5f);
    private static final Tensor OTHER = Tensor.ofFloats(Shape.of(3), 4, 5, 6);

    private HandleChecks() {}

    static List<Check> all() {
        return List.of(
                check("put-replaces", "a handle that is in use already is replaced", adapter -> {
                    done(adapter, new Step.Put("w", ONE));
                    done(adapter, new Step.Put("w", OTHER));
                    holds(adapter, "w", OTHER);
                    done(adapter, new Step.Drop("w"));
                }),
                check("get-leaves", "get sends a kept tensor back, and it stays kept", adapter -> {
                    done(adapter, new Step.Put("w", ONE));
                    holds(adapter, "w", ONE);
                    holds(adapter, "w", ONE);
                    done(adapter, new Step.Drop("w"));
                }),
                check("dropped", "drop forgets it: get is then not-driven", adapter -> {
                    done(adapter, new Step.Put("w", ONE));
                    done(adapter, new Step.Drop("w"));
                    notDriven(adapter, new Step.Get("w"));
                }),
                check(
                        "unknown-tensor",
                        "a handle that holds nothing is not-driven: get",
                        adapter -> notDriven(adapter, new Step.Get("nobody"))),
                check(
                        "unknown-model",
                        "a handle that holds nothing is not-driven: run",
                        adapter -> notDriven(adapter, Step.Run.of("nobody", Samples.x(ONE)))),
                check(
                        "unknown-close",
                        "a handle that holds nothing is not-driven: close",
                        adapter -> notDriven(adapter, new Step.Close("nobody"))),
                check("apart", "handles of models and of tensors are apart", adapter -> {
                    done(adapter, new Step.Put("both", ONE));
                    loaded(adapter, "both", Samples.identity(OTHER));
                    holds(adapter, "both", ONE);
                    done(adapter, new Step.Drop("both"));
                    outputs(adapter, Step.Run.of("both", Samples.x(OTHER)), "y", OTHER);
                    done(adapter, new Step.Close("both"));
                }),
                check("load-replaces", "a handle that is in use already is replaced: load", adapter -> {
                    loaded(adapter, "m", Samples.identity("x", "old", ONE));
                    loaded(adapter, "m", Samples.identity("x", "new", OTHER));
                    outputs(adapter, Step.Run.of("m", Samples.x(OTHER)), "new", OTHER);
                    done(adapter, new Step.Close("m"));
                }),
                check("closed", "close closes the session: run is then not-driven", adapter -> {
                    loaded(adapter, "m", Samples.identity(ONE));
                    done(adapter, new Step.Close("m"));
                    notDriven(adapter, Step.Run.of("m", Samples.x(ONE)));
                }),
                check("two-models", "each handle has its own session", adapter -> {
                    loaded(adapter, "m1", Samples.identity("x", "y1", ONE));
                    loaded(adapter, "m2", Samples.identity("x", "y2", OTHER));
                    outputs(adapter, Step.Run.of("m1", Samples.x(ONE)), "y1", ONE);
                    outputs(adapter, Step.Run.of("m2", Samples.x(OTHER)), "y2", OTHER);
                    done(adapter, new Step.Close("m1"));
                    outputs(adapter, Step.Run.of("m2", Samples.x(OTHER)), "y2", OTHER);
                    done(adapter, new Step.Close("m2"));
                }),
                check("all-outputs", "keep and fetch both empty means all outputs come back", adapter -> {
                    loaded(adapter, "m", Samples.twice(ONE));
                    exactly(adapter, Step.Run.of("m", Samples.x(ONE)), Set.of("y", "z"));
                    done(adapter, new Step.Close("m"));
                }),
                check("fetch", "those in fetch come back, and no other", adapter -> {
                    loaded(adapter, "m", Samples.twice(ONE));
                    exactly(adapter, run(Samples.x(ONE), new TreeMap<>(), List.of("z")), Set.of("z"));
                    done(adapter, new Step.Close("m"));
                }),
                check("keep", "outputs in keep stay in the worker", adapter -> {
                    loaded(adapter, "m", Samples.twice(ONE));
                    exactly(adapter, run(Samples.x(ONE), keep("y", "k"), List.of()), Set.of());
                    holds(adapter, "k", ONE);
                    exactly(adapter, run(Samples.x(ONE), keep("y", "k"), List.of("z")), Set.of("z"));
                    done(adapter, new Step.Drop("k"));
                    done(adapter, new Step.Close("m"));
                }),
                check("keep-replaces", "a handle that is in use already is replaced: keep", adapter -> {
                    done(adapter, new Step.Put("k", OTHER));
                    loaded(adapter, "m", Samples.twice(ONE));
                    exactly(adapter, run(Samples.x(ONE), keep("y", "k"), List.of()), Set.of());
                    holds(adapter, "k", ONE);
                    done(adapter, new Step.Drop("k"));
                    done(adapter, new Step.Close("m"));
                }),
                check("kept", "an input may be a kept tensor", HandleChecks::kept),
                check("unknown-kept", "a handle that holds nothing is not-driven: kept", adapter -> {
                    loaded(adapter, "m", Samples.identity(ONE));
                    notDriven(adapter, fed("nobody"));
                    done(adapter, new Step.Close("m"));
                }));
    }

    private interface Script {
        void play(Adapter adapter) throws Deviation, CannotShow;
    }

    /** The system under test does not take what the check needs. */
    static final class CannotShow extends Exception {
        private static final long serialVersionUID = 1L;

        CannotShow(String why) {
            super(why);
        }
    }

    private static Check check(String name, String rule, Script script) {
        return new Check("handles/" + name, "Requests", rule, bench -> {
            try {
                script.play(bench.shared());
                return Result.PASSED;
            } catch (CannotShow e) {
                return new Result.Skipped(String.valueOf(e.getMessage()));
            }
        });
    }

    private static void kept(Adapter adapter) throws Deviation, CannotShow {
        done(adapter, new Step.Put("k", ONE));
        loaded(adapter, "m", Samples.identity(ONE));
        outputs(adapter, fed("k"), "y", ONE);
        outputs(adapter, fed("k"), "y", ONE);
        holds(adapter, "k", ONE);
        done(adapter, new Step.Drop("k"));
        done(adapter, new Step.Close("m"));
    }

    private static Step.Run fed(String handle) {
        TreeMap<String, Step.Feed> inputs = new TreeMap<>();
        inputs.put("x", new Step.Feed.Kept(handle));
        return new Step.Run("m", inputs, new TreeMap<>(), List.of());
    }

    private static Step.Run run(Map<String, Tensor> inputs, SortedMap<String, String> keep, List<String> fetch) {
        return new Step.Run("m", Step.Run.of("m", inputs).inputs(), keep, fetch);
    }

    private static SortedMap<String, String> keep(String output, String handle) {
        TreeMap<String, String> keep = new TreeMap<>();
        keep.put(output, handle);
        return keep;
    }

    /** Keeps a tensor and has it back. */
    static void roundTrip(Adapter adapter, String handle) throws Deviation {
        Tensor tensor = Samples.telling(ElementType.FLOAT32, Shape.of(2, 3));
        done(adapter, new Step.Put(handle, tensor));
        holds(adapter, handle, tensor);
        done(adapter, new Step.Drop(handle));
    }

    static void done(Adapter adapter, Step step) throws Deviation {
        Observation observation = adapter.perform(step);
        if (!(observation instanceof Observation.Outputs outputs)) {
            throw new Deviation("to " + Adapter.told(step) + " it answered " + Adapter.told(observation));
        }
        if (!outputs.values().isEmpty()) {
            throw new Deviation("to " + step.getClass().getSimpleName() + " it sent values back: "
                    + outputs.values().keySet());
        }
    }

    private static void loaded(Adapter adapter, String handle, org.aiis.spec.tensor.Bytes model)
            throws Deviation, CannotShow {
        Observation observation = adapter.perform(new Step.Load(handle, model, false));
        if (!(observation instanceof Observation.Outputs)) {
            throw new CannotShow("Identity of float32 does not load: " + Adapter.told(observation));
        }
    }

    private static void holds(Adapter adapter, String handle, Tensor expected) throws Deviation {
        outputs(adapter, new Step.Get(handle), handle, expected);
    }

    static void holds(Answer answer, String name, Tensor expected) throws Deviation {
        if (answer instanceof Answer.Observed observed
                && observed.observation() instanceof Observation.Outputs outputs) {
            only(outputs, name, expected);
            return;
        }
        throw new Deviation("it answered " + Adapter.told(answer));
    }

    private static void outputs(Adapter adapter, Step step, String name, Tensor expected) throws Deviation {
        Observation observation = adapter.perform(step);
        if (!(observation instanceof Observation.Outputs outputs)) {
            throw new Deviation("to " + Adapter.told(step) + " it answered " + Adapter.told(observation));
        }
        only(outputs, name, expected);
    }

    static void only(Observation.Outputs outputs, String name, Tensor expected) throws Deviation {
        if (!outputs.values().keySet().equals(Set.of(name))) {
            throw new Deviation("it sent " + outputs.values().keySet() + " instead of [" + name + "]");
        }
        Recorded recorded = outputs.values().get(name);
        if (recorded == null || !recorded.tensor().digest().equals(expected.digest())) {
            throw new Deviation("'" + name + "' is " + (recorded == null ? "nothing" : Adapter.told(recorded.tensor()))
                    + " instead of " + Adapter.told(expected));
        }
    }

    private static void exactly(Adapter adapter, Step step, Set<String> names) throws Deviation {
        Observation observation = adapter.perform(step);
        if (!(observation instanceof Observation.Outputs outputs)
                || !outputs.values().keySet().equals(names)) {
            throw new Deviation(
                    "it answered " + Adapter.told(observation) + " where outputs " + names + " were asked for");
        }
    }

    private static void notDriven(Adapter adapter, Step step) throws Deviation {
        Observation observation = adapter.perform(step);
        if (!(observation instanceof Observation.NotDriven)) {
            throw new Deviation("to " + Adapter.told(step) + " it answered " + Adapter.told(observation)
                    + " instead of not-driven");
        }
    }
}
