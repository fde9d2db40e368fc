package org.aiis.conformance.vectors;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** What shows a failing case without the run: model, inputs, expected, bounds, and how to show it again. */
public final class Reproduction {
    private static final String PYTHON = """
            import glob, onnx, onnxruntime
            for folder in FOLDERS:  # one after the other in one process
                feeds = {t.name: onnx.numpy_helper.to_array(t) for t in map(onnx.load_tensor, glob.glob(folder + "test_data_set_0/input_*.pb"))}
                print(onnxruntime.InferenceSession(folder + "model.onnx", providers=["CPUExecutionProvider"]).run(None, feeds))
            """;

    private static final String ALONE = """
            aiis replay .            drives and judges it again
            aiis replay . --shrink   and looks for a smaller one
            """.indent(2);

    private static final String BEHIND = """
            aiis replay .            shows before/1 and so on to one process, then this case, and judges it
            aiis replay . --alone    shows it this case alone: it does not fail so
            """.indent(2);

    private static final String SESSION = """
            import glob, onnx, onnxruntime
            session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
            for folder in ["earlier/test_data_set_0/", "test_data_set_0/"]:  # one after the other in one session
                feeds = {t.name: onnx.numpy_helper.to_array(t) for t in map(onnx.load_tensor, glob.glob(folder + "input_*.pb"))}
                print(session.run(None, feeds))
            """;

    private static final String SECOND = """
            aiis replay .            runs the inputs in earlier/, then those in test_data_set_0, in one session; judges the second run
            aiis replay . --alone    runs those in test_data_set_0 alone: it does not fail so
            """.indent(2);

    private static final String BEFORE = "before/";

    private static final String EARLIER = "earlier/";

    private static final int MOST_BEFORE = 100;

    private Reproduction() {}

    /** Path to bytes, below a folder of its own. */
    public static SortedMap<String, Bytes> of(
            TestCase testCase, Finding finding, Standard standard, Oracle oracle, Terms terms) {
        return of(testCase, finding, List.of(), standard, oracle, terms);
    }

    /**
     * The same of a case that fails where the same process was shown others before; each lies in a folder {@code before/1/}.
     *
     * @param before in their order
     */
    public static SortedMap<String, Bytes> of(
            TestCase testCase, Finding finding, List<TestCase> before, Standard standard, Oracle oracle, Terms terms) {
        SortedMap<String, Bytes> files = written(testCase, finding.message(), standard, oracle, terms);
        List<String> models = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            String folder = BEFORE + (i + 1) + "/";
            SortedMap<String, Bytes> earlier = written(before.get(i), "", standard, oracle, terms);
            earlier.forEach((path, bytes) -> files.put(folder + path, bytes));
            models.addAll(models(folder, earlier));
        }
        models.addAll(models("", files));
        boolean python = !models.isEmpty() && !models("", files).isEmpty();
        if (python) {
            String folders = models.stream().map(m -> '"' + m + '"').collect(Collectors.joining(", ", "[", "]"));
            text("replay.py", PYTHON.replace("FOLDERS", folders), files);
        }
        readMe(finding, before.isEmpty() ? ALONE : BEHIND, python, files);
        return files;
    }

    /**
     * The same of a run that fails in the second run of a session alone, behind one with other inputs; these lie in {@code earlier/}.
     *
     * @param testCase about a single run of a model
     */
    public static SortedMap<String, Bytes> ofSecondRun(
            TestCase testCase,
            Finding finding,
            Map<String, Tensor> earlier,
            Standard standard,
            Oracle oracle,
            Terms terms) {
        SortedMap<String, Bytes> files = written(testCase, finding.message(), standard, oracle, terms);
        Stimulus.ModelRun run = (Stimulus.ModelRun) testCase.stimulus().get();
        VectorWriter.run(EARLIER, new Stimulus.ModelRun(run.model(), earlier), files);
        files.remove(EARLIER + VectorFolder.MODEL);
        text("replay.py", SESSION, files);
        readMe(finding, SECOND, true, files);
        return files;
    }

    private static void readMe(Finding finding, String how, boolean python, SortedMap<String, Bytes> files) {
        text(
                "README.txt",
                finding.message() + "\n\nIn this folder:\n" + how
                        + (python ? "  python replay.py         shows what ONNX Runtime answers\n" : ""),
                files);
    }

    /** The folder of what the same session is run with before this case; empty where there is none. */
    static Optional<Path> earlier(Path folder) {
        return Optional.of(folder.resolve(EARLIER)).filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS));
    }

    /** The folders of cases that the process of this one has to be shown before, in their order. */
    public static List<Path> before(Path folder) {
        List<Path> all = new ArrayList<>();
        for (int i = 1; i <= MOST_BEFORE; i++) {
            Path earlier = folder.resolve(BEFORE + i);
            if (!Files.isDirectory(earlier, LinkOption.NOFOLLOW_LINKS)) {
                break;
            }
            all.add(earlier);
        }
        return all;
    }

    private static SortedMap<String, Bytes> written(
            TestCase testCase, String message, Standard standard, Oracle oracle, Terms terms) {
        SortedMap<String, Bytes> files = new TreeMap<>();
        try {
            files.putAll(new VectorWriter(standard, oracle, terms).files(testCase));
        } catch (InputException | Oracle.Refusal notInTheLayout) {
            VectorWriter.json(
                    CaseFile.NAME,
                    CaseFile.of(testCase, CaseFile.Expect.catalogue, new Tolerance.Exact(), false, terms),
                    files);
            models(testCase.stimulus().get(), files);
        }
        CaseFile about = CaseFile.parse(java.util.Objects.requireNonNull(files.get(CaseFile.NAME)));
        VectorWriter.json(CaseFile.NAME, about.saying(message), files);
        return files;
    }

    /** Where the models lie that a case shows, in its order: itself, or its valid twin and its broken one. */
    private static List<String> models(String folder, SortedMap<String, Bytes> files) {
        return Stream.of("", "valid/", "broken/")
                .filter(part -> files.containsKey(part + VectorFolder.MODEL))
                .map(part -> folder + part)
                .toList();
    }

    /** The models of a script, to look at. */
    private static void models(Stimulus stimulus, SortedMap<String, Bytes> files) {
        if (stimulus instanceof Stimulus.Script script) {
            int i = 0;
            for (Step step : script.steps()) {
                if (step instanceof Step.Load load) {
                    files.put("model_" + i++ + ".onnx", load.bytes());
                } else if (step instanceof Step.LoadFolder load) {
                    String folder = "folder_" + i++ + "__";
                    load.files().forEach((file, bytes) -> files.put(folder + file.replace("/", "__"), bytes));
                }
            }
        }
    }

    private static void text(String path, String content, SortedMap<String, Bytes> files) {
        files.put(path, Bytes.own(content.getBytes(StandardCharsets.UTF_8)));
    }
}
