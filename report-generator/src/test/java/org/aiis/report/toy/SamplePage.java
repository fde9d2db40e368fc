package org.aiis.report.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.standard.ConformanceClass;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;

/** Writes a bundle of realistic size from the chapters of a folder, to look at the page: CHAPTERS OUT [pass]. */
public final class SamplePage {
    private SamplePage() {}

    public static void main(String[] arguments) {
        Path out = Path.of(arguments[1]);
        ToyRun run = large(read(Path.of(arguments[0])), arguments.length < 3);
        run.sealed(out);
    }

    private static Standard read(Path chapters) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(chapters)) {
            for (Path file : files.sorted().toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return StandardReader.read(texts);
    }

    /** Cases for every requirement; some fail when asked. */
    static ToyRun large(Standard standard, boolean failing) {
        ToyRun run = new ToyRun();
        run.standard = standard;
        run.classes = standard.classes().stream().map(ConformanceClass::id).toList();
        Map<String, List<String>> cases = new TreeMap<>();
        for (Requirement r : standard.requirements()) {
            if (r.untested().isEmpty()) {
                cases(standard, r).forEach(id -> cases.put(id, List.of(r.id())));
            }
        }
        run.toy = new Toy(cases);
        run.mandatory = List.of(new Profile.Mandatory(
                standard.operators().values().stream()
                        .filter(o -> o.types().contains(ElementType.FLOAT32))
                        .map(OperatorRow::operator)
                        .toList(),
                List.of(ElementType.FLOAT32),
                List.of(17)));
        run.environment.putAll(Map.of(
                "kernel", "6.1.0", "java", "17.0.13", "cores", "16", "memory", "128 GiB", "laboratory", "Example Lab"));
        cases.keySet().stream().filter(id -> id.startsWith("PERF")).forEach(id -> run.observations.put(id, load()));
        if (failing) {
            deviate(run);
        }
        return run;
    }

    private static void deviate(ToyRun run) {
        int i = 0;
        for (String id : run.toy.catalogue().keySet()) {
            if (id.startsWith("OP-Softmax-VALUES")) {
                run.observations.put(id, ToyRun.answer(1 + (1 + i++) * 0x1p-21));
            } else if (id.startsWith("OP-Exp-SPECIAL/float32")) {
                run.observations.put(id, new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", "hs_err"));
            } else if (id.startsWith("OP-Conv-SHAPES")) {
                run.observations.put(
                        id,
                        new Observation.Rejected(Observation.Phase.LOAD, "NOT_IMPLEMENTED", "no kernel for Conv(17)"));
            } else if (id.contains("bfloat16")) {
                run.observations.put(id, new Observation.NotDriven("the Java API makes no tensor of this type"));
            }
        }
        run.waiver("OP-Conv-SHAPES", "OP-Conv-SHAPES/*", "2027-06-30");
        run.waiver("OP-Add-VALUES", "OP-Add-VALUES/int8/*", "2027-06-30");
        run.deviations.add(new Ics.Deviation("OP-Softmax-VALUES/*", "Fast exponential on large logits."));
        run.deviations.add(new Ics.Deviation("OP-Add-VALUES/*", "Rounded to zero before 1.3."));
    }

    private static List<String> cases(Standard standard, Requirement r) {
        if (r.operator().isEmpty()) {
            return List.of(r.id() + "/plain", r.id() + "/large");
        }
        return standard.operator(r.operator().get()).types().stream()
                .flatMap(t -> Stream.of("ordinary", "subnormal", "zero-size-axis")
                        .map(form -> r.id() + "/" + t.label() + "/opset17/" + form))
                .toList();
    }

    private static Observation load() {
        long[] nanos = new long[400];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = 812_000 + 37L * i * i % 91_000 + (i == 17 ? 2_400_000 : 0);
        }
        return new Observation.Measured(
                Tensor.ofLongs(ElementType.INT64, Shape.of(400), nanos),
                400,
                371_000_000L,
                new TreeMap<>(),
                new TreeMap<>(Map.of("intra-op-threads", "1", "scenario", "SINGLE_STREAM")));
    }
}
