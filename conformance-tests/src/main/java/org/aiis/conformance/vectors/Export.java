package org.aiis.conformance.vectors;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * Writes cases as vectors: {@code accept/<case>} in ONNX's backend-test layout, {@code reject/<case>} with a valid and a
 * broken model, {@code survive/<case>} that must not end the process; a runner in Python, and a manifest of digests.
 */
public final class Export {
    private static final String RUNNER = "run.py";

    private final VectorWriter writer;
    private final Path out;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private final SortedMap<String, Integer> leftOut = new TreeMap<>();
    private final List<Written> cases = new ArrayList<>();

    /** manifest.json. */
    record Manifest(
            String suite,
            SortedMap<String, String> digests,
            String accuracy,
            List<Written> cases,
            SortedMap<String, Integer> leftOut,
            SortedMap<String, String> files) {}

    /** A case that was written, with its folder. */
    record Written(String id, String expect, String folder, List<String> requirements) {}

    /** How many of each kind were written, and what was left out, by reason. */
    public record Summary(SortedMap<String, Integer> written, SortedMap<String, Integer> leftOut) {}

    /** Into a new or empty folder. */
    public Export(Standard standard, Oracle oracle, Accuracy accuracy, Path out) {
        Set<OperatorType> all = new HashSet<>();
        standard.operators().values().forEach(row -> row.types()
                .forEach(type -> all.add(new OperatorType(row.operator(), type))));
        Terms terms = new Terms(accuracy, all, Set.of(), Set.of(), "", Set.of(), Map.of());
        this.writer = new VectorWriter(standard, oracle, terms);
        this.out = out;
        FolderWriter.begin(out);
    }

    /** Whether a case is of an operator that a glob names, and of an element type; empty for all. */
    public static boolean chosen(TestCase testCase, String operator, java.util.Optional<ElementType> type) {
        boolean typed = type.isEmpty()
                || testCase.pair().map(pair -> pair.type() == type.get()).orElse(false);
        return typed && (operator.isEmpty() || named(testCase, operator));
    }

    private static boolean named(TestCase testCase, String glob) {
        if (testCase.pair().isPresent()) {
            return Glob.matches(glob, testCase.pair().get().operator());
        }
        return testCase.stimulus().get() instanceof Stimulus.ModelRun run && holds(run.model(), glob);
    }

    private static boolean holds(Bytes model, String glob) {
        try {
            return Models.parse(model).getGraph().getNodeList().stream()
                    .map(NodeProto::getOpType)
                    .anyMatch(name -> Glob.matches(glob, name));
        } catch (Oracle.Refusal damaged) {
            return false;
        }
    }

    /** Writes a case, or counts why it cannot be written. */
    public void add(TestCase testCase) {
        SortedMap<String, Bytes> content;
        try {
            content = writer.files(testCase);
        } catch (InputException | Oracle.Refusal reason) {
            leftOut.merge(String.valueOf(reason.getMessage()), 1, Integer::sum);
            return;
        }
        String kind = content.containsKey("broken/" + VectorFolder.MODEL)
                ? "reject"
                : content.keySet().stream().anyMatch(f -> f.endsWith(ToleranceFile.NAME)) ? "accept" : "survive";
        String folder = kind + "/" + VectorWriter.folder(testCase.id());
        if (kind.equals("reject")) {
            content.put("expect", Bytes.own("reject\n".getBytes(StandardCharsets.UTF_8)));
        }
        content.forEach((path, bytes) -> put(folder + "/" + path, bytes));
        counts.merge(kind, 1, Integer::sum);
        cases.add(new Written(testCase.id(), kind, folder, testCase.requirements()));
    }

    private void put(String path, Bytes content) {
        if (files.put(path, content.sha256()) != null) {
            throw new IllegalStateException("two cases write " + path);
        }
        FolderWriter.write(out, path, content);
    }

    /** Writes runner and manifest; the manifest comes last, so that a folder without one is not whole. */
    public Summary finish(String suite, Map<String, String> digests, Accuracy accuracy) {
        put(RUNNER, runner());
        SortedMap<String, Bytes> manifest = new TreeMap<>();
        VectorWriter.json(
                "manifest.json",
                new Manifest(suite, new TreeMap<>(digests), accuracy.word(), cases, leftOut, files),
                manifest);
        manifest.forEach((path, content) -> FolderWriter.write(out, path, content));
        return new Summary(counts, leftOut);
    }

    private static Bytes runner() {
        return Bytes.own(StandardReader.resource("/org/aiis/conformance/vectors/" + RUNNER)
                .getBytes(StandardCharsets.UTF_8));
    }
}
