package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/**
 * Tensors in files beside the model: y = x + w + v, with w and v stored where each case says. A folder is refused only where its
 * twin, the same model with tensors that lie where they may, was loaded and gave the right result. Files end in .data, as exporters name
 * them: there are runtimes that take no others.
 */
final class ExternalDataCases implements CaseSource {
    private static final String MODEL = "models/m.onnx";
    private static final ElementType F = ElementType.FLOAT32;
    private static final int SIZE = 16;
    private static final int BYTES = 4 * SIZE;
    private static final String FILE = "w.data";

    /** A file outside the folder of the model, and in the worker's scratch folder. */
    private static final String OUTSIDE = "outside.data";

    /** Where a tensor says that its elements are; a key that is empty is left out. */
    private record Stored(String location, String offset, String length) {}

    private static final Stored FIRST = new Stored(FILE, "0", "" + BYTES);
    private static final Stored SECOND = new Stored(FILE, "" + BYTES, "" + BYTES);

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                reads("offset-and-length", FIRST, SECOND),
                reads("offset-alone", FIRST, new Stored(FILE, "" + BYTES, "")),
                reads("neither", new Stored("a.data", "", ""), new Stored("b.data", "", "")),
                reads("one-place-twice", SECOND, SECOND),
                reads("folder", new Stored("deep/er/w.data", "0", "" + BYTES), SECOND),
                refuses("ROB-EXTERNAL-DATA-PATH", "parent", new Stored("../" + OUTSIDE, "0", "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-PATH", "parent-without-length", new Stored("../" + OUTSIDE, "", "")),
                refuses("ROB-EXTERNAL-DATA-PATH", "up-and-down", new Stored("deep/../../" + OUTSIDE, "0", "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-PATH", "back-in", new Stored("../models/../" + OUTSIDE, "0", "" + BYTES)),
                // Both are there on every Linux; where they are not, a rejection is right all the same.
                refuses("ROB-EXTERNAL-DATA-PATH", "absolute", new Stored("/etc/passwd", "0", "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-PATH", "device", new Stored("/dev/zero", "0", "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-BOUNDS", "offset-behind", new Stored(FILE, "4096", "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-BOUNDS", "offset-near-end", new Stored(FILE, "" + (BYTES + 4), "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-BOUNDS", "offset-page", new Stored(FILE, "" + (1L << 40), "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-BOUNDS", "offset-negative", new Stored(FILE, "-" + BYTES, "" + BYTES)),
                refuses(
                        "ROB-EXTERNAL-DATA-BOUNDS",
                        "offset-overflow",
                        new Stored(FILE, "" + Long.MAX_VALUE, "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-BOUNDS", "file-empty", new Stored("empty.data", "0", "" + BYTES)),
                refuses("ROB-EXTERNAL-DATA-BOUNDS", "file-short", new Stored("short.data", "0", "" + BYTES)));
    }

    private static TestCase reads(String name, Stored w, Stored v) {
        return Behaviours.made(
                "EXCH-EXTERNAL-DATA",
                name,
                Grade.QUICK,
                () -> new Stimulus.Script(shown("m", w, v)),
                new Expectation.Behaviour(
                        Expectation.Check.asserting((seen, terms) ->
                                assertThat(Behaviours.output(seen, 1)).isEqualTo(sum(elements(w), elements(v)))),
                        true));
    }

    private static TestCase refuses(String requirement, String name, Stored w) {
        return Behaviours.made(
                requirement,
                name,
                Grade.QUICK,
                () -> {
                    List<Step> steps = new ArrayList<>(shown("twin", FIRST, SECOND));
                    steps.add(new Step.LoadFolder("m", MODEL, files(w, SECOND)));
                    return new Stimulus.Script(steps);
                },
                new Expectation.Behaviour((seen, terms) -> refused(seen), true));
    }

    /** Without a right twin it is not known what was refused. */
    private static Finding refused(Observation seen) {
        if (!(Behaviours.step(seen, 0) instanceof Observation.Outputs)) {
            return SessionCases.notDriven("a model with external data in its folder was refused");
        }
        assertThat(Behaviours.output(seen, 1)).as("the twin").isEqualTo(sum(elements(FIRST), elements(SECOND)));
        assertThat(Behaviours.step(seen, 2))
                .as("loading a model whose external data is not in its folder and its file")
                .isInstanceOf(Observation.Rejected.class);
        return Finding.pass();
    }

    private static List<Step> shown(String handle, Stored w, Stored v) {
        return List.of(new Step.LoadFolder(handle, MODEL, files(w, v)), Step.Run.of(handle, Map.of("x", x())));
    }

    private static SortedMap<String, Bytes> files(Stored w, Stored v) {
        SortedMap<String, Bytes> files = new TreeMap<>();
        byte[] both = new byte[2 * BYTES];
        System.arraycopy(little(0), 0, both, 0, BYTES);
        System.arraycopy(little(1), 0, both, BYTES, BYTES);
        files.put("models/" + FILE, Bytes.own(both));
        files.put("models/deep/er/w.data", Bytes.own(little(0)));
        files.put("models/a.data", Bytes.own(little(0)));
        files.put("models/b.data", Bytes.own(little(1)));
        files.put("models/empty.data", Bytes.own(new byte[0]));
        files.put("models/short.data", Bytes.own(new byte[BYTES - 4]));
        files.put(OUTSIDE, Bytes.own(little(2)));
        files.put(MODEL, model(w, v));
        return files;
    }

    private static Bytes model(Stored w, Stored v) {
        ModelProto.Builder model = Models.parse(new ModelBuilder(17)
                        .input("x", F, SIZE)
                        .output("y", F, SIZE)
                        .initializer("w", values(0))
                        .initializer("v", values(1))
                        .node("Add", List.of("x", "w"), List.of("s"))
                        .node("Add", List.of("s", "v"), List.of("y"))
                        .build())
                .toBuilder();
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            store(tensor, tensor.getName().equals("w") ? w : v);
        }
        return Bytes.own(model.build().toByteArray());
    }

    private static void store(TensorProto.Builder tensor, Stored at) {
        tensor.clearRawData().clearFloatData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("location", at.location());
        keys.put("offset", at.offset());
        keys.put("length", at.length());
        keys.forEach((key, value) -> {
            if (!value.isEmpty()) {
                tensor.addExternalData(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value));
            }
        });
    }

    /** Which of the three tensors lies at a place of the twins. */
    private static int elements(Stored at) {
        return at.equals(SECOND)
                        || at.location().equals("b.data")
                        || at.offset().equals("" + BYTES)
                ? 1
                : 0;
    }

    /** Whole numbers of at most six bits, another range for each. */
    private static Tensor values(int which) {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (which + 1) * 64 + i * (which + 2);
        }
        return Tensor.ofFloats(Shape.of(SIZE), values);
    }

    private static byte[] little(int which) {
        return values(which).toByteArray();
    }

    private static Tensor x() {
        return values(3);
    }

    private static Tensor sum(int w, int v) {
        Tensor.Builder y = new Tensor.Builder(F, Shape.of(SIZE));
        for (int i = 0; i < SIZE; i++) {
            y.setReal(i, x().real(i) + values(w).real(i) + values(v).real(i));
        }
        return y.build();
    }
}
