package org.aiis.conformance.cli;

import static org.aiis.conformance.cli.Outcome.aiis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiis compare} over runs of the oracle and of two faulty implementations of it. */
class CompareCommandTest {
    @TempDir
    static Path folder;

    @TempDir
    Path out;

    @BeforeAll
    static void runs() {
        for (String backend : new String[] {"reference", "faulty:dies-on-erf", "faulty:nan-swallowed"}) {
            Outcome run = aiis(
                    "run",
                    "--backend",
                    backend,
                    "--select",
                    "OP-Erf-SPECIAL",
                    "--select",
                    "OP-Not-*",
                    "--out",
                    bundle(backend));
            assertThat(run.code()).as(run.err()).isIn(0, 1);
        }
    }

    private static String bundle(String backend) {
        return folder.resolve(backend.replace(':', '-')).toString();
    }

    private static JsonNode row(JsonNode board, String subject) {
        for (JsonNode row : board.at("/rows")) {
            if (row.at("/subject").asText().equals(subject)) {
                return row;
            }
        }
        throw new AssertionError("no row " + subject);
    }

    @Test
    void systemsStandSideBySideAndADeathIsADeath() {
        Outcome compare = aiis(
                "compare", bundle("reference"), bundle("faulty:dies-on-erf"), bundle("faulty:nan-swallowed"), "--json");

        assertThat(compare.code()).as(compare.err()).isZero();
        JsonNode board = Codec.tree(compare.out(), "standard output");
        JsonNode erf = row(board, "Erf");
        int cases = erf.at("/cases").asInt();
        assertThat(cases).isPositive();
        assertThat(erf.at("/outcomes/0/pass").asInt()).isEqualTo(cases);
        assertThat(erf.at("/outcomes/1/crashed").asInt()).isPositive();
        assertThat(erf.at("/outcomes/1/wrong").isMissingNode()).isTrue();
        assertThat(erf.at("/outcomes/2/wrong").asInt()).isPositive();
        assertThat(erf.at("/outcomes/2/crashed").isMissingNode()).isTrue();
        assertThat(row(board, "Not").at("/differing").asInt()).isZero();
        assertThat(board.at("/systems/1/verified").asBoolean()).isTrue();
        assertThat(board.at("/differences").toString()).contains("OP-Erf-SPECIAL/");
    }

    @Test
    void aFolderGetsThePageAndItsNumbersAndTheSelectionNarrowsBoth() {
        Outcome compare = aiis(
                "compare",
                bundle("reference"),
                bundle("faulty:dies-on-erf"),
                "--select",
                "OP-Not-*",
                "--out",
                out.toString());

        assertThat(compare.code()).as(compare.err()).isZero();
        assertThat(compare.out()).contains("the systems differ in 0", "scoreboard.html");
        assertThat(out.resolve("scoreboard.html"))
                .content()
                .contains("id=\"op-Not\"")
                .doesNotContain("id=\"op-Erf\"");
        assertThat(Codec.tree(Codec.text(out.resolve("scoreboard.json")), "scoreboard.json")
                        .at("/rows"))
                .hasSize(1);
    }

    @Test
    void aTamperedBundleIsNamedAndRefusedUnlessAskedFor() throws IOException {
        Path tampered = out.resolve("tampered");
        copy(Path.of(bundle("faulty:nan-swallowed")), tampered);
        Path results = tampered.resolve("results.json");
        Files.writeString(results, Files.readString(results).replace("\"quick\"", "\"full\""));
        Path page = out.resolve("board.html");

        Outcome refused = aiis("compare", bundle("reference"), tampered.toString(), "--out", page.toString());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains(tampered + " does not verify", "results.json", "--unverified");
        assertThat(page).doesNotExist();

        Outcome shown =
                aiis("compare", bundle("reference"), tampered.toString(), "--out", page.toString(), "--unverified");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("NOT VERIFIED");
        assertThat(page).content().contains("Bundle B was not verified", "results.json");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void thePageIsNeverWrittenIntoABundle() throws IOException {
        Path link = out.resolve("link");
        Files.createSymbolicLink(link, Path.of(bundle("reference")));

        for (String inside : new String[] {
            bundle("reference"),
            bundle("reference") + "/board.html",
            bundle("reference") + "/views/new",
            link + "/b.html"
        }) {
            Outcome compare = aiis("compare", bundle("reference"), "--out", inside);
            assertThat(compare.code()).as(inside).isEqualTo(2);
            assertThat(compare.err()).contains("lies in the bundle");
        }
        assertThat(aiis("verify", bundle("reference")).code()).isZero();
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(aiis("compare").code()).isEqualTo(2);
        assertThat(aiis("compare", bundle("reference"), bundle("reference"), "--json")
                        .err())
                .contains("given twice");
        assertThat(aiis(
                                "compare",
                                bundle("reference"),
                                "--out",
                                out.resolve("board.pdf").toString())
                        .err())
                .contains("ends in .html");
        Outcome none = aiis("compare", bundle("reference"), "--select", "OP-Conv-*", "--json");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("no case in common");
        Outcome missing = aiis("compare", folder.resolve("nowhere").toString(), "--json");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("nowhere", "no such folder");
    }
}
