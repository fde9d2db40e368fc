package org.aiis.report.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.report.certificate.Role;
import org.aiis.report.certificate.SigningKey;
import org.aiis.report.certificate.TrustList;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this module writes fits the published schemas, and what does not fit is told. */
class SchemasTest {
    @TempDir
    Path temp;

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(StandardReader.resource("/org/aiis/spec/schemas/" + name + ".schema.json"));
    }

    private static List<String> errors(String name, String json) {
        return schema(name).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Path bundle() {
        ToyRun run = new ToyRun();
        run.observations.put("EXCH-LOAD/plain", everyKind());
        run.observations.put(
                "OP-Add-VALUES/float32/ordinary",
                new Observation.Measured(
                        Tensor.ofLongs(ElementType.INT64, Shape.of(2), 10, 20),
                        2,
                        30,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("threads", "1"))));
        run.deviations.add(new Ics.Deviation("EXCH-*", "known"));
        run.repeats = new Repeats(1000, 5, 0, true, true);
        run.systems.put(Purpose.CORE, Optional.of(run.core()));
        run.again.put(Purpose.REPEAT, Map.of("EXCH-NAMES/order", ToyRun.answer(1.5)));
        run.again.put(Purpose.CORE, Map.of("EXCH-LOAD/large", ToyRun.right()));
        run.again.put(Purpose.UNOPTIMISED, Map.of("EXCH-LOAD/large", ToyRun.right()));
        run.toy.patterns().put("EXCH-LOAD/large", List.of(ErrorPattern.values()));
        return run.failing("EXCH-LOAD/large")
                .waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01")
                .sealed(temp.resolve("bundle"));
    }

    private static Observation everyKind() {
        Tensor words = Tensor.ofStrings(Shape.of(1), List.of("a"));
        return new Observation.Transcript(List.of(
                new Observation.Outputs(
                        new TreeMap<>(Map.of(
                                "y", new Recorded.Digest(ElementType.FLOAT32, Shape.of(2, 3), "0".repeat(64)),
                                "z", new Recorded.Whole(words))),
                        List.of(new NodePlacement("n", NodePlacement.State.FOLDED, ""))),
                new Observation.Rejected(Observation.Phase.LOAD, "FAIL", "no"),
                new Observation.Violated(Observation.Phase.RUN, "frame"),
                new Observation.Exceeded(Observation.Phase.RUN, "2048 MiB of memory"),
                new Observation.NotDriven("type"),
                new Observation.Twins(ToyRun.right(), new Observation.TimedOut(Observation.Phase.RUN, 60_000)),
                new Observation.Crashed(Observation.Phase.CLOSE, "SIGSEGV", "")));
    }

    /** So that the schemas are not held to empty lists. */
    @Test
    void theResultsHaveGroupsRepeatsFlakyCasesAndDifferencesBetweenLevels() {
        Results results = Codec.file(bundle().resolve("results.json"), Results.class);
        assertThat(results.groups()).isNotEmpty();
        assertThat(results.repeats()).hasSize(3);
        assertThat(results.flaky()).hasSize(1);
        assertThat(results.levels()).hasSize(1);
    }

    @Test
    void resultsFitTheirSchema() throws IOException {
        assertThat(errors("results", Files.readString(bundle().resolve("results.json"))))
                .isEmpty();
    }

    @Test
    void theManifestFitsItsSchema() throws IOException {
        assertThat(errors("manifest", Files.readString(bundle().resolve("manifest.json"))))
                .isEmpty();
    }

    @Test
    void eachLineOfEvidenceFitsItsSchema() throws IOException {
        for (String line : Files.readAllLines(bundle().resolve("evidence.jsonl"))) {
            assertThat(errors("evidence", line)).as(line).isEmpty();
        }
    }

    @Test
    void aTrustListFitsItsSchema() {
        SigningKey key = SigningKey.generate(temp.resolve("k"), Role.DECISION, "Example Body");
        TrustList trust = new TrustList(List.of(new TrustList.TrustedKey(
                "Example Body", Role.DECISION, key.verification(), "2026-01-01", "2027-01-01")));
        assertThat(errors("trust-list", Codec.canonical(trust))).isEmpty();
    }

    @Test
    void theSchemasAreClosed() throws IOException {
        Path bundle = bundle();
        String results = Files.readString(bundle.resolve("results.json"));
        String manifest = Files.readString(bundle.resolve("manifest.json"));
        String line = Files.readAllLines(bundle.resolve("evidence.jsonl")).get(2);
        assertThat(errors("results", results.replaceFirst("\\{", "{\"more\":1,")))
                .isNotEmpty();
        assertThat(errors("manifest", manifest.replaceFirst("\\{", "{\"more\":1,")))
                .isNotEmpty();
        assertThat(errors("evidence", line.replaceFirst("\"event\"", "\"more\":1,\"event\"")))
                .isNotEmpty();
        assertThat(errors("trust-list", "{\"keys\":[],\"more\":1}")).isNotEmpty();
        assertThat(errors("manifest", manifest.replaceFirst("evidence.jsonl", "../evidence.jsonl")))
                .isNotEmpty();
    }
}
