package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.worker.Exporter;
import org.aiis.conformance.worker.Player;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.reference.serving.server.ReferenceServer;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step.Exchange;
import org.aiis.spec.testing.Step.Exchange.Call;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The serving cases on the reference server, on servers at an address, and on servers that do one thing wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingCasesTest {
    private final Fixture fixture = new Fixture(Path.of(System.getProperty("aiis.home")));
    private final ServingCases source = new ServingCases(fixture);
    private ReferenceServer right;

    @BeforeAll
    void start() {
        SortedMap<String, SortedMap<String, Bytes>> models = new TreeMap<>();
        ServedModels.all(fixture).forEach((name, model) -> models.put(name, new TreeMap<>(Map.of("1", model))));
        right = ReferenceServer.start(
                Backends.installed().open("cpu", new TreeMap<>()),
                "test",
                models,
                new ReferenceServer.Place("127.0.0.1", 0, OptionalInt.of(0)),
                ServingLimits.DEFAULT);
    }

    @AfterAll
    void stop() {
        right.close();
    }

    @Test
    void theReferenceServerBeforeTheOraclePassesWithZeroBytesToo() {
        try (Backend oracle = Backends.installed().open("reference", new TreeMap<>())) {
            for (String id : List.of("DEPL-SERVE-BYTES/zero-bytes", "DEPL-SERVE-INT64/unsigned-extremes")) {
                TestCase testCase = named(id);
                Observation seen = new Player(oracle, Exporter.NONE, false)
                        .observe(testCase.stimulus().get());
                Finding finding = Stage.judge(testCase, seen, Map.of());
                assertThat(finding.verdict())
                        .as("%s: %s", id, finding.message())
                        .isEqualTo(Verdict.PASS);
            }
        }
    }

    /** The same server behind its address: every case that this backend can pass passes. */
    @Test
    void aRightServerAtAnAddressPasses() {
        String address = "http://127.0.0.1:" + right.port();
        String grpc = "127.0.0.1:" + right.grpcPort().orElseThrow();
        try (WorkerPool pool = pool(Map.of("server", address, "grpc-server", grpc))) {
            assertThat(pool.sut().properties()).containsEntry("server", address);
            for (TestCase testCase : source.cases().toList()) {
                Finding finding =
                        Stage.judge(testCase, pool.observe(testCase.stimulus().get()), Map.of(), "run-to-run");
                // ONNX Runtime's Java API does not carry strings with zero bytes.
                Verdict expected = testCase.id().startsWith("DEPL-SERVE-BYTES") ? Verdict.FAIL : Verdict.PASS;
                assertThat(finding.verdict())
                        .as("%s: %s", testCase.id(), finding.message())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aServerThatLacksTheModelsIsNotDriven() {
        try (FaultyServer empty = new FaultyServer(right, new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        return path.startsWith("/v2/models/")
                                ? new FaultyServer.Answer(404, "{\"error\":\"no\"}")
                                : answer;
                    }
                });
                WorkerPool pool = pool(Map.of("server", empty.address()))) {
            Observation seen =
                    pool.observe(named("DEPL-SERVE-ID/beyond-ascii").stimulus().get());
            assertThat(((Observation.Transcript) seen).steps().get(0)).isInstanceOf(Observation.NotDriven.class);
        }
    }

    @Test
    void answersThatLeakIntoOthersAreFound() {
        Map<String, FaultyServer.Answer> last = new ConcurrentHashMap<>();
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        FaultyServer.Answer before = path.endsWith("/infer") ? last.put(path, answer) : null;
                        return before == null ? answer : before;
                    }
                },
                "DEPL-SERVE-NO-LEAK/at-once",
                "DEPL-SERVE-SURVIVES/between-malformed");
    }

    @Test
    void rowsInAnotherOrderAreFound() {
        Pattern data = Pattern.compile("(\"name\":\"scores\".*?\"data\":\\[)([^\\]]*)");
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        Matcher found = data.matcher(answer.body());
                        if (!path.endsWith("aiis-network/infer") || !found.find()) {
                            return answer;
                        }
                        List<String> numbers =
                                new ArrayList<>(List.of(found.group(2).split(",")));
                        Collections.reverse(numbers);
                        return new FaultyServer.Answer(
                                answer.status(), found.replaceFirst("$1" + String.join(",", numbers)));
                    }
                },
                "DEPL-SERVE-VALUES/images");
    }

    @Test
    void aFractionTakenAsAnIntegerIsFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public String request(String path, String body) {
                        return path.contains("int32") ? body.replace("1.5", "1") : body;
                    }
                },
                "DEPL-SERVE-NUMBER/int32");
    }

    @Test
    void aNumberWrappedIntoItsTypeIsFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public String request(String path, String body) {
                        return path.contains("uint8") ? body.replace("300", "44") : body;
                    }
                },
                "DEPL-SERVE-NUMBER/uint8");
    }

    @Test
    void anInfinityWrittenAsNullIsFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        return answer.status() == 406
                                ? new FaultyServer.Answer(200, "{\"outputs\":[{\"name\":\"y\",\"data\":[null,0.5]}]}")
                                : answer;
                    }
                },
                "DEPL-SERVE-NAN/infinity");
    }

    @Test
    void anErrorOfTheClientAnsweredAsOneOfTheServerIsFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        return answer.status() >= 400 ? new FaultyServer.Answer(500, answer.body()) : answer;
                    }
                },
                "DEPL-SERVE-MALFORMED/drawn",
                "DEPL-SERVE-COUNT/list",
                "DEPL-SERVE-DIMENSION/negative",
                "DEPL-SERVE-BINARY-LENGTH/longer-and-shorter",
                "DEPL-SERVE-VERSION/that-is-not-there");
    }

    @Test
    void anErrorUnderAnotherNameIsFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        return new FaultyServer.Answer(
                                answer.status(), answer.body().replace("{\"error\"", "{\"detail\""));
                    }
                },
                "DEPL-SERVE-MALFORMED/drawn");
    }

    @Test
    void aReadinessThatLiesIsFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        return path.endsWith("/ready") ? new FaultyServer.Answer(200, "{\"ready\":true}") : answer;
                    }
                },
                "DEPL-SERVE-READY/able-and-not");
    }

    @Test
    void integersByWayOfDoublesAnIdThatIsLostAndOutputsThatNobodyAskedForAreFound() {
        fails(
                new FaultyServer.Fault() {
                    @Override
                    public String request(String path, String body) {
                        return body.replaceAll(",\"outputs\":\\[.*?\\]", "")
                                .replace("9007199254740993", "9007199254740992");
                    }

                    @Override
                    public FaultyServer.Answer answer(String path, String request, FaultyServer.Answer answer) {
                        return new FaultyServer.Answer(
                                answer.status(), answer.body().replaceFirst("\"id\":\"[^,]*\",", ""));
                    }
                },
                "DEPL-SERVE-INT64/extremes",
                "DEPL-SERVE-ID/beyond-ascii",
                "DEPL-SERVE-OUTPUTS/one-of-two");
    }

    /** A thousand, and a right request behind every hundredth. */
    @Test
    void aThousandMalformedRequestsAreClientErrorsAndNoneIsLost() {
        String model = ServedModels.same(ElementType.FLOAT64);
        List<Call> calls = new ArrayList<>();
        byte[] valid = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0.1]}]}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Call check = new Call("POST", "/v2/models/" + model + "/infer", new TreeMap<>(), Bytes.own(valid));
        for (Call call : MalformedRequests.draw(model, 2026, 1000)) {
            calls.add(call);
            if (calls.size() % 101 == 100) {
                calls.add(check);
            }
        }
        int ended = 0;
        int errors = 0;
        try (WorkerPool pool = pool(Map.of("server", "http://127.0.0.1:" + right.port()))) {
            Observation seen = pool.observe(Stimulus.Script.of(new Exchange(new TreeMap<>(), calls, false)));
            Served served = Served.of(seen, calls.size());
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i) == check) {
                    served.get(i).succeeds("a right request behind " + i);
                } else {
                    boolean raw = calls.get(i).method().equals(Exchange.RAW);
                    served.get(i).isClientError("malformed request " + i, raw);
                    ended += served.get(i).status() < 0 ? 1 : 0;
                    errors += served.get(i).status() < 0 ? 0 : 1;
                }
            }
        }
        assertThat(ended + errors).isEqualTo(1000);
        assertThat(errors).isGreaterThan(930);
    }

    private void fails(FaultyServer.Fault fault, String... ids) {
        try (FaultyServer faulty = new FaultyServer(right, fault);
                WorkerPool pool = pool(Map.of("server", faulty.address()))) {
            for (String id : ids) {
                TestCase testCase = named(id);
                Finding finding =
                        Stage.judge(testCase, pool.observe(testCase.stimulus().get()), Map.of());
                assertThat(finding.verdict())
                        .as("%s: %s", id, finding.message())
                        .isEqualTo(Verdict.FAIL);
            }
        }
    }

    private static WorkerPool pool(Map<String, String> options) {
        return WorkerPool.start(WorkerSettings.of("cpu").withOptions(new TreeMap<>(options)));
    }

    private TestCase named(String id) {
        return source.cases().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }
}
