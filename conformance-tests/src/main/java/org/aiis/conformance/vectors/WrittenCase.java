package org.aiis.conformance.vectors;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** A case read back from the folder that {@link VectorWriter} or {@link Reproduction} wrote. */
public final class WrittenCase {
    private static final int MOST_TENSORS = 10_000;
    private static final int DEEPEST = 16;

    private final CaseFile about;
    private final TestCase testCase;
    private final Optional<SortedMap<String, Tensor>> earlier;

    private WrittenCase(CaseFile about, TestCase testCase, Optional<SortedMap<String, Tensor>> earlier) {
        this.about = about;
        this.testCase = testCase;
        this.earlier = earlier;
    }

    /**
     * Reads a folder.
     *
     * @param catalogue finds a case by id, for those that the layout cannot hold
     * @throws InputException when it holds no case
     */
    public static WrittenCase read(Path folder, Function<String, TestCase> catalogue) {
        if (!Files.isRegularFile(folder.resolve(CaseFile.NAME), LinkOption.NOFOLLOW_LINKS)) {
            throw InputException.of(
                    folder + ": no " + CaseFile.NAME,
                    "give a folder below views/reproductions of a bundle, or a case of an export");
        }
        CaseFile about = Codec.file(folder.resolve(CaseFile.NAME), CaseFile.class);
        if (about.requirements().isEmpty()) {
            throw InputException.of(folder.resolve(CaseFile.NAME) + ": it names no requirement", "");
        }
        if (about.expect() == CaseFile.Expect.catalogue) {
            return new WrittenCase(about, catalogue.apply(about.id()), Optional.empty());
        }
        Expectation expectation;
        Stimulus stimulus;
        if (about.expect() == CaseFile.Expect.reject) {
            stimulus = new Stimulus.MustReject(run(folder.resolve("valid")), run(folder.resolve("broken")));
            expectation = new Expectation.Rejection(Tolerance.parse(about.tolerance()), about.onlyAtLoad());
        } else {
            Stimulus.ModelRun run = run(folder);
            stimulus = run;
            expectation = switch (about.expect()) {
                case oracle -> new Expectation.ByOracle(Tolerance.parse(about.tolerance()));
                case outputs -> new Expectation.Outputs(tensors(folder, "output"));
                case close -> {
                    DataSet set = new DataSet(run, tensors(folder, "output"), DataSet.own(folder));
                    yield new Expectation.Behaviour(new AgreesCheck(() -> set));
                }
                case survive, reject, catalogue -> new Expectation.Survival();
            };
        }
        return new WrittenCase(
                about,
                testCase(about, stimulus, expectation),
                Reproduction.earlier(folder).map(before -> tensors(before, "input")));
    }

    private static TestCase testCase(CaseFile about, Stimulus stimulus, Expectation expectation) {
        return new TestCase(
                about.id(), about.requirements(), Grade.QUICK, about.pair(), () -> stimulus, expectation, "replay");
    }

    public TestCase testCase() {
        return testCase;
    }

    /** Inputs that the session is run with before, where the case fails in its second run alone. */
    public Optional<SortedMap<String, Tensor>> earlier() {
        return earlier;
    }

    /** The case without what comes before. */
    public WrittenCase alone() {
        return new WrittenCase(about, testCase, Optional.empty());
    }

    /** The judge that the run which wrote it had: numbers that a model of somebody's made are not asked for a mean error. */
    public Judge judge(Judge usual, Oracle oracle, Standard standard) {
        return about.id().startsWith(VectorCases.OF_A_MODEL) ? StandardJudge.ofOthersNumbers(oracle, standard) : usual;
    }

    /** The same case about another stimulus, with an expectation that holds for it. */
    TestCase with(Stimulus stimulus, Expectation expectation) {
        return testCase(about, stimulus, expectation);
    }

    /** The terms of the run that wrote it, for the provider that answers now. */
    public Terms terms(String provider) {
        return about.terms(provider);
    }

    private static Stimulus.ModelRun run(Path folder) {
        return new Stimulus.ModelRun(
                Bytes.own(VectorFolder.read(folder.resolve(VectorFolder.MODEL), Room.MODEL)), tensors(folder, "input"));
    }

    /** By the names that the tensors carry. */
    private static SortedMap<String, Tensor> tensors(Path folder, String kind) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < MOST_TENSORS; i++) {
            Path file = folder.resolve("test_data_set_0").resolve(kind + "_" + i + ".pb");
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                break;
            }
            TensorProto proto = proto(file);
            try {
                if (tensors.put(proto.getName(), TensorProtos.read(proto)) != null) {
                    throw InputException.of(file + ": two tensors of the name '" + proto.getName() + "'", "");
                }
            } catch (Oracle.Refusal refused) {
                throw InputException.of(file + ": " + refused.getMessage(), "");
            }
        }
        return tensors;
    }

    private static TensorProto proto(Path file) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(VectorFolder.read(file));
            in.setRecursionLimit(DEEPEST);
            return TensorProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw InputException.because(file + ": no TensorProto", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
