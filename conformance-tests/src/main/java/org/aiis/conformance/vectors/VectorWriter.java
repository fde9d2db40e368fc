package org.aiis.conformance.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.judge.Acceptance;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Writes a case in ONNX's backend-test layout, with what a foreign runner needs to judge it: path to bytes. */
final class VectorWriter {
    private static final String SET = "test_data_set_0/";

    private final Standard standard;
    private final Oracle oracle;
    private final Terms terms;

    VectorWriter(Standard standard, Oracle oracle, Terms terms) {
        this.standard = standard;
        this.oracle = oracle;
        this.terms = terms;
    }

    /** The name of a case's folder. */
    static String folder(String caseId) {
        return caseId.replace("/", "__");
    }

    /**
     * The files of a case.
     *
     * @throws InputException when the layout cannot hold it, with the reason
     */
    SortedMap<String, Bytes> files(TestCase testCase) {
        Stimulus stimulus = testCase.stimulus().get();
        Expectation expectation = testCase.expectation();
        SortedMap<String, Bytes> files = new TreeMap<>();
        if (stimulus instanceof Stimulus.ModelRun run && expectation instanceof Expectation.ByOracle by) {
            byOracle("", testCase, run, by.tolerance(), files);
            about(testCase, CaseFile.Expect.oracle, by.tolerance(), false, files);
        } else if (stimulus instanceof Stimulus.ModelRun run && expectation instanceof Expectation.Outputs outputs) {
            SortedMap<String, Acceptance> exact = new TreeMap<>();
            outputs.values().forEach((name, value) -> exact.put(name, Acceptance.exactly(value)));
            run("", run, files);
            expected("", run, outputs.values(), exact, files);
            about(testCase, CaseFile.Expect.outputs, new Tolerance.Exact(), false, files);
        } else if (stimulus instanceof Stimulus.ModelRun run && expectation instanceof Expectation.Survival) {
            run("", run, files);
            about(testCase, CaseFile.Expect.survive, new Tolerance.Exact(), false, files);
        } else if (stimulus instanceof Stimulus.MustReject twins
                && expectation instanceof Expectation.Rejection rejection) {
            byOracle("valid/", testCase, twins.valid(), rejection.twin(), files);
            run("broken/", twins.broken(), files);
            about(testCase, CaseFile.Expect.reject, rejection.twin(), rejection.onlyAtLoad(), files);
        } else if (expectation instanceof Expectation.Behaviour behaviour
                && behaviour.check() instanceof OracleCheck asks) {
            return files(OracleCase.of(asks.id(), asks.data().get().run(), standard));
        } else if (expectation instanceof Expectation.Behaviour behaviour
                && behaviour.check() instanceof AgreesCheck agrees) {
            recorded(testCase, agrees.data().get(), files);
        } else {
            throw InputException.of("a script of steps or a behaviour, which the layout cannot hold", "");
        }
        return files;
    }

    /** A third party's vector, with the outputs that it came with. */
    private void recorded(TestCase testCase, DataSet set, SortedMap<String, Bytes> files) {
        run("", set.run(), files);
        int i = 0;
        for (ValueInfoProto output : Models.parse(set.run().model()).getGraph().getOutputList()) {
            Tensor value = set.expected().get(output.getName());
            if (value != null) {
                tensor(SET + "output_" + i++ + ".pb", output.getName(), value, files);
            }
        }
        if (!set.tolerance().isEmpty()) {
            json(DataSet.OWN, set.tolerance(), files);
        }
        about(testCase, CaseFile.Expect.close, new Tolerance.Exact(), false, files);
    }

    private void byOracle(
            String at, TestCase testCase, Stimulus.ModelRun run, Tolerance tolerance, SortedMap<String, Bytes> files) {
        Reference reference = oracle.evaluate(run.model(), run.inputs(), terms.modes());
        SortedMap<String, Tensor> outputs = new TreeMap<>();
        reference.outputs().forEach((name, value) -> outputs.put(name, value.rounded()));
        run(at, run, files);
        expected(at, run, outputs, Acceptance.of(standard, testCase, tolerance, reference, run.inputs(), terms), files);
    }

    /** Model and inputs, in graph order; what the graph does not name comes after, by name. */
    static void run(String at, Stimulus.ModelRun run, SortedMap<String, Bytes> files) {
        files.put(at + VectorFolder.MODEL, run.model());
        List<String> order = new ArrayList<>();
        boolean gap = false;
        for (ValueInfoProto input : inputs(run.model())) {
            if (run.inputs().containsKey(input.getName())) {
                if (gap) {
                    throw InputException.of("feeds an input behind one that it leaves out", "");
                }
                order.add(input.getName());
            } else {
                gap = true;
            }
        }
        run.inputs().keySet().stream().filter(name -> !order.contains(name)).forEach(order::add);
        for (int i = 0; i < order.size(); i++) {
            String name = order.get(i);
            tensor(at + SET + "input_" + i + ".pb", name, run.inputs().getOrDefault(name, missing()), files);
        }
    }

    private static Tensor missing() {
        return Tensor.ofLongs(ElementType.INT64, org.aiis.spec.tensor.Shape.of(0));
    }

    private void expected(
            String at,
            Stimulus.ModelRun run,
            SortedMap<String, Tensor> outputs,
            SortedMap<String, Acceptance> accepted,
            SortedMap<String, Bytes> files) {
        List<ToleranceFile.Output> stated = new ArrayList<>();
        List<ValueInfoProto> infos = Models.parse(run.model()).getGraph().getOutputList();
        for (int i = 0; i < infos.size(); i++) {
            String name = infos.get(i).getName();
            Tensor value = outputs.get(name);
            Acceptance acceptance = accepted.get(name);
            if (value == null || acceptance == null) {
                throw InputException.of("states no value of output '" + name + "'", "");
            }
            tensor(at + SET + "output_" + i + ".pb", name, value, files);
            stated.add(new Bounds(at + SET, i, files).of(name, acceptance));
        }
        json(at + SET + ToleranceFile.NAME, new ToleranceFile(terms.accuracy().word(), stated), files);
    }

    private static List<ValueInfoProto> inputs(Bytes model) {
        try {
            return Models.parse(model).getGraph().getInputList();
        } catch (Oracle.Refusal damaged) {
            return ModelProto.getDefaultInstance().getGraph().getInputList();
        }
    }

    private void about(
            TestCase testCase,
            CaseFile.Expect expect,
            Tolerance tolerance,
            boolean onlyAtLoad,
            SortedMap<String, Bytes> files) {
        json(CaseFile.NAME, CaseFile.of(testCase, expect, tolerance, onlyAtLoad, terms), files);
        files.put(
                "requirements.txt",
                Bytes.own((String.join("\n", testCase.requirements()) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    static void json(String path, Object value, SortedMap<String, Bytes> files) {
        files.put(path, Bytes.own(Codec.pretty(value).getBytes(StandardCharsets.UTF_8)));
    }

    static void tensor(String path, String name, Tensor value, SortedMap<String, Bytes> files) {
        files.put(path, Bytes.own(TensorProtos.write(name, value).toByteArray()));
    }

    /** Puts the tensors of one output's bounds beside it. */
    private record Bounds(String at, int i, SortedMap<String, Bytes> files) {
        ToleranceFile.Output of(String name, Acceptance acceptance) {
            boolean signs = java.util.stream.IntStream.range(
                            0, acceptance.sign().size())
                    .anyMatch(k -> acceptance.sign().bits(k) != 0);
            Optional<String> none = Optional.empty();
            return new ToleranceFile.Output(
                    name,
                    acceptance.tolerance().notation(),
                    acceptance.exact() ? none : Optional.of(put("low", acceptance.low())),
                    acceptance.exact() ? none : Optional.of(put("high", acceptance.high())),
                    signs ? Optional.of(put("sign", acceptance.sign())) : none,
                    acceptance
                            .statistics()
                            .map(s -> new ToleranceFile.Statistics(
                                    put("real", s.real()),
                                    put("rest", s.rest()),
                                    put("sigma", s.sigma()),
                                    s.rms(),
                                    s.from(),
                                    s.exponent())));
        }

        private String put(String kind, Tensor value) {
            String file = kind + "_" + i + ".pb";
            tensor(at + file, kind, value, files);
            return file;
        }
    }
}
