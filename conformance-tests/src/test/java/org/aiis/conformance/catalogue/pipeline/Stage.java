package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Backend;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * Plays stimuli on ONNX Runtime's CPU provider in this process. A fault rewrites each model before it is loaded: a system
 * under test that computes something else than the model says.
 */
record Stage(UnaryOperator<Bytes> fault) {
    static Stage faultless() {
        return new Stage(model -> model);
    }

    /** What a behaviour says about the case on this stage; an unmet assertion is a FAIL. */
    Finding judge(TestCase testCase, String... deterministic) {
        return judge(testCase, play(testCase.stimulus().get()), Map.of(), deterministic);
    }

    static Finding judge(
            TestCase testCase, Observation observation, Map<String, Double> limits, String... deterministic) {
        Terms terms = new Terms(
                Accuracy.RELAXED,
                java.util.Set.of(),
                java.util.Set.of(),
                java.util.Set.of(deterministic),
                "CPUExecutionProvider",
                java.util.Set.of(),
                limits);
        try {
            return ((Expectation.Behaviour) testCase.expectation()).check().check(observation, terms);
        } catch (AssertionError unmet) {
            return Finding.fail("behaviour", String.valueOf(unmet.getMessage()));
        }
    }

    Observation play(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            Observation.Transcript transcript = play(List.of(
                    new Step.Load("model", run.model(), false),
                    Step.Run.of("model", run.inputs()),
                    new Step.Close("model")));
            return transcript.steps().get(Math.min(1, transcript.steps().size() - 1));
        }
        return play(((Stimulus.Script) stimulus).steps());
    }

    Observation.Transcript play(List<Step> steps) {
        List<Observation> answers = new ArrayList<>();
        try (Backend backend = Backends.installed().open("cpu", new TreeMap<>(Map.of("intra-op-threads", "2")))) {
            for (Step step : steps) {
                answers.add(backend.perform(prepared(step, backend)));
            }
        }
        return new Observation.Transcript(answers);
    }

    private Step prepared(Step step, Backend backend) {
        if (step instanceof Step.Load load) {
            return new Step.Load(load.model(), fault.apply(load.bytes()), load.profiled());
        }
        if (step instanceof Step.LoadExported export) {
            SortedMap<String, Tensor> values = new TreeMap<>();
            Map<String, Tensor> kept = new HashMap<>();
            export.initializers()
                    .forEach((name, handle) -> values.put(name, kept.computeIfAbsent(handle, h -> {
                        Observation.Outputs got = (Observation.Outputs) backend.perform(new Step.Get(h));
                        return got.values().get(h).tensor();
                    })));
            Bytes model = ModelBuilder.withInitializers(export.template(), values);
            return new Step.Load(export.model(), fault.apply(model), false);
        }
        return step;
    }
}
