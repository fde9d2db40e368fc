package org.aiis.conformance.vectors;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** What shows a failing case without the run: model, inputs, expected, bounds, and how to show it again. */
public final class Reproduction {
    private static final String PYTHON = """
            import glob, onnx, onnxruntime
            feeds = {t.name: onnx.numpy_helper.to_array(t) for t in map(onnx.load_tensor, glob.glob("FOLDERtest_data_set_0/input_*.pb"))}
            print(onnxruntime.InferenceSession("FOLDERmodel.onnx", providers=["CPUExecutionProvider"]).run(None, feeds))
            """;

    private Reproduction() {}

    /** Path to bytes, below a folder of its own. */
    public static SortedMap<String, Bytes> of(
            TestCase testCase, Finding finding, Standard standard, Oracle oracle, Terms terms) {
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
        VectorWriter.json(CaseFile.NAME, about.saying(finding.message()), files);
        String shown = files.containsKey("broken/" + VectorFolder.MODEL) ? "broken/" : "";
        boolean python = files.containsKey(shown + VectorFolder.MODEL);
        if (python) {
            text("replay.py", PYTHON.replace("FOLDER", shown), files);
        }
        text(
                "README.txt",
                finding.message() + "\n\nIn this folder:\n  aiis replay .            drives and judges it again\n"
                        + "  aiis replay . --shrink   and looks for a smaller one\n"
                        + (python ? "  python replay.py         shows what ONNX Runtime answers\n" : ""),
                files);
        return files;
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
