package org.aiis.conformance.vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/**
 * A run of a session behind one with other inputs: what a backend keeps of the earlier one shows in it, where two runs with the same
 * inputs, or each in a session of its own, look alike.
 */
public final class SecondRun {
    /** The handle of the model, for the step that loads it. */
    public static final String MODEL = "model";

    private SecondRun() {}

    /** @param load loads the model as {@link #MODEL} */
    public static Stimulus.Script script(Step load, Map<String, Tensor> earlier, Map<String, Tensor> inputs) {
        return Stimulus.Script.of(load, Step.Run.of(MODEL, earlier), Step.Run.of(MODEL, inputs), new Step.Close(MODEL));
    }

    /** What the second run of that script gave, or what kept it from giving anything. */
    public static Observation of(Observation observed) {
        if (!(observed instanceof Observation.Transcript transcript)
                || transcript.steps().isEmpty()) {
            return observed;
        }
        List<Observation> steps = transcript.steps();
        Observation loaded = steps.get(0);
        return loaded instanceof Observation.Outputs ? steps.get(Math.min(2, steps.size() - 1)) : loaded;
    }

    /**
     * Inputs for the earlier run, of the same types and shapes: elements back to front, which stay in the range of what was given; floats
     * that read the same from behind are halved. What has a single integer stays as it is.
     */
    public static SortedMap<String, Tensor> others(Map<String, Tensor> inputs) {
        return others(inputs, Map.of());
    }

    /** The same, where an earlier value of that type and shape is known the value itself. */
    public static SortedMap<String, Tensor> others(Map<String, Tensor> inputs, Map<String, Tensor> known) {
        SortedMap<String, Tensor> others = new TreeMap<>();
        inputs.forEach((name, value) -> {
            Tensor earlier = known.get(name);
            boolean fits = earlier != null
                    && earlier.type() == value.type()
                    && earlier.shape().equals(value.shape());
            others.put(name, fits ? earlier : other(value));
        });
        return others;
    }

    private static Tensor other(Tensor value) {
        int size = value.size();
        if (value.type() == ElementType.STRING) {
            List<String> strings = new ArrayList<>(value.strings());
            Collections.reverse(strings);
            return Tensor.ofStrings(value.shape(), strings);
        }
        Tensor.Builder reversed = new Tensor.Builder(value.type(), value.shape());
        for (int i = 0; i < size; i++) {
            reversed.setBits(i, value.bits(size - 1 - i));
        }
        Tensor other = reversed.build();
        return other.equals(value) && value.type().isFloat() ? halved(value) : other;
    }

    private static Tensor halved(Tensor value) {
        Tensor.Builder halved = new Tensor.Builder(value.type(), value.shape());
        for (int i = 0; i < value.size(); i++) {
            halved.setReal(i, value.real(i) / 2);
        }
        return halved.build();
    }
}
