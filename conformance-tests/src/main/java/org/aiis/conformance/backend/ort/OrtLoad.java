package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.ort.OrtTensors.Unreachable;
import org.aiis.conformance.performance.Load;
import org.aiis.conformance.performance.LoadGenerator;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/** A load against a session: inputs are made before the clock starts, outputs are freed inside the query. */
final class OrtLoad {
    private final OrtEnvironment environment;
    private final OrtModel model;

    OrtLoad(OrtEnvironment environment, OrtModel model) {
        this.environment = environment;
        this.model = model;
    }

    Observation measure(Step.Measure step, OrtSettings settings) throws OrtException, Unreachable {
        if (model.isProfiled()) {
            return new Observation.NotDriven("a load needs a model that was loaded unprofiled: profiling costs time");
        }
        List<Map<String, OnnxTensor>> samples = new ArrayList<>();
        try {
            for (SortedMap<String, Tensor> sample : step.samples()) {
                Map<String, OnnxTensor> feeds = new TreeMap<>();
                samples.add(feeds);
                for (var input : sample.entrySet()) {
                    feeds.put(input.getKey(), OrtTensors.toOrt(environment, input.getValue()));
                }
                Optional<Observation> unknown =
                        OrtBackend.unknownName(model.session(), feeds.keySet(), java.util.Set.of());
                if (unknown.isPresent()) {
                    return unknown.get();
                }
            }
            return measure(step, samples, settings);
        } finally {
            samples.forEach(feeds -> feeds.values().forEach(OnnxValue::close));
        }
    }

    private Observation measure(Step.Measure step, List<Map<String, OnnxTensor>> samples, OrtSettings settings)
            throws OrtException, Unreachable {
        OrtSession session = model.session();
        List<OrtSession.Result> ofSampleZero = new ArrayList<>(1);
        try {
            Load load = new LoadGenerator(System::nanoTime)
                    .<OrtException>run(step.settings(), samples.size(), query -> {
                        for (int sample : query) {
                            OrtSession.Result result = session.run(samples.get(sample));
                            if (sample == 0) {
                                // The latest one is kept, so that what is judged was made under load.
                                ofSampleZero.forEach(OrtSession.Result::close);
                                ofSampleZero.clear();
                                ofSampleZero.add(result);
                            } else {
                                result.close();
                            }
                        }
                    });
            SortedMap<String, Recorded> outputs = new TreeMap<>();
            for (Map.Entry<String, OnnxValue> output : ofSampleZero.get(0)) {
                Tensor tensor = OrtTensors.fromOrt(output.getKey(), output.getValue());
                outputs.put(output.getKey(), new Recorded.Whole(tensor));
            }
            SortedMap<String, String> effective = new TreeMap<>(load.effective());
            effective.put("intra-op-threads", Integer.toString(settings.threads()));
            effective.put("optimization-level", settings.levelWord());
            return new Observation.Measured(load.latencies(), load.samples(), load.totalNanos(), outputs, effective);
        } catch (IllegalArgumentException e) {
            return new Observation.NotDriven(String.valueOf(e.getMessage()));
        } finally {
            ofSampleZero.forEach(OrtSession.Result::close);
        }
    }
}
