package org.aiis.conformance.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.evaluator.Evaluated;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/**
 * Declares the rank of each output of a main graph, which a declaration of cases may leave open. ONNX's IR asks for it: "The
 * main graph inputs and outputs are required to have a shape, indicating the rank" (docs/IR.md, Graphs), and a runtime may
 * refuse a model without. The extents stay open, named after the output, so that no runtime is told what it has to find out.
 */
final class OutputRanks {
    private OutputRanks() {}

    static Stimulus declared(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            return new Stimulus.ModelRun(declared(run.model(), run.inputs()), run.inputs());
        } else if (stimulus instanceof Stimulus.MustReject must) {
            // The broken twin stays one edit away: what its valid twin declares, it declares too.
            Bytes valid = must.valid().model();
            Bytes broken = must.broken().model();
            Optional<RankedModel> ranked = RankedModel.of(valid);
            Optional<Evaluated> evaluated =
                    ranked.flatMap(m -> m.evaluated(must.valid().inputs()));
            return new Stimulus.MustReject(
                    new Stimulus.ModelRun(
                            ranked.map(m -> with(valid, m, evaluated)).orElse(valid),
                            must.valid().inputs()),
                    new Stimulus.ModelRun(
                            RankedModel.of(broken)
                                    .map(m -> m.with(ranks(evaluated), broken))
                                    .orElse(broken),
                            must.broken().inputs()));
        }
        return script((Stimulus.Script) stimulus);
    }

    private static Bytes declared(Bytes model, SortedMap<String, Tensor> inputs) {
        return RankedModel.of(model)
                .map(ranked -> with(model, ranked, ranked.evaluated(inputs)))
                .orElse(model);
    }

    private static Bytes with(Bytes model, RankedModel ranked, Optional<Evaluated> evaluated) {
        Bytes declared = ranked.with(ranks(evaluated), model);
        evaluated.ifPresent(known -> known.rememberAs(declared));
        return declared;
    }

    /** By the first run of each model whose inputs the script itself gives. */
    private static Stimulus script(Stimulus.Script script) {
        Map<String, SortedMap<String, Tensor>> fed = new HashMap<>();
        for (Step step : script.steps()) {
            if (step instanceof Step.Run run) {
                SortedMap<String, Tensor> inputs = new TreeMap<>();
                run.inputs().forEach((name, feed) -> {
                    if (feed instanceof Step.Feed.Inline inline) {
                        inputs.put(name, inline.tensor());
                    }
                });
                if (inputs.size() == run.inputs().size()) {
                    fed.putIfAbsent(run.model(), inputs);
                }
            }
        }
        List<Step> steps = script.steps().stream()
                .map(step -> step instanceof Step.Load load && fed.containsKey(load.model())
                        ? new Step.Load(load.model(), declared(load.bytes(), fed.get(load.model())), load.profiled())
                        : step)
                .toList();
        return new Stimulus.Script(steps);
    }

    private static Map<String, Integer> ranks(Optional<Evaluated> evaluated) {
        Map<String, Integer> ranks = new HashMap<>();
        evaluated.ifPresent(known -> known.reference()
                .outputs()
                .forEach((name, value) -> ranks.put(name, value.shape().rank())));
        return ranks;
    }
}
