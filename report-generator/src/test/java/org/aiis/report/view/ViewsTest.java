package org.aiis.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aiis.report.bundle.Qualification;
import org.aiis.report.toy.Toy;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.testing.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ViewsTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"&\u202E\u0007$page.title()#set($a=1)";

    @TempDir
    Path temp;

    private final ToyRun run = new ToyRun();

    private String page(Path bundle) throws IOException {
        return Files.readString(bundle.resolve("views/report.html"));
    }

    @Test
    void nothingHostileGetsOntoThePageUnescaped() throws IOException {
        run.name = HOSTILE;
        var catalogue = new TreeMap<>(run.toy.catalogue());
        catalogue.put("EXCH-LOAD/" + HOSTILE, java.util.List.of("EXCH-LOAD"));
        run.toy = new Toy(catalogue);
        run.observations.put(
                "EXCH-LOAD/" + HOSTILE, new Observation.Rejected(Observation.Phase.LOAD, HOSTILE, HOSTILE));
        run.observations.put("EXCH-LOAD/plain", new Observation.NotDriven(HOSTILE));
        run.failing("EXCH-LOAD/large").waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01");
        run.environment.put(HOSTILE, HOSTILE);
        run.deviations.add(new Ics.Deviation(HOSTILE, HOSTILE));
        String page = page(run.sealed(temp.resolve("b")));
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;⟨U+202E⟩⟨U+0007⟩$page.title()");
        assertThat(page).doesNotContain("<script>alert", "\u202E", "\u0007");
        assertThat(page.split("<script>", -1)).hasSize(2);
    }

    @Test
    void thePageSaysWhatAPassMeansAndOnWhichCatalogueThatWasMeasured() throws IOException {
        run.qualification = new Qualification(
                new Qualification.Panel("0123456789abcdef", 150, 18, 2000, 1900, 0),
                new Qualification.Mutants(run.toy.digests().get("catalogue"), 1000, 900),
                new Qualification.FalseFail(10_000, 0.005));
        String page = page(run.sealed(temp.resolve("b")));
        assertThat(page)
                .contains("this suite found 1,900 (95.0 %)")
                .contains("measured on catalogue 0123456789ab, which is not the one of this run.")
                .contains("its cases failed 900 (90.0 %)")
                .contains(", the one of this run.")
                .contains("at most 0.50 %");
    }

    @Test
    void thePageAsksForNothingFromOutside() throws IOException {
        String page = page(run.failing("EXCH-HINT/type").sealed(temp.resolve("b")));
        assertThat(page)
                .contains("default-src &#39;none&#39;")
                .doesNotContain("http://", "https://", "url(", "@import");
        assertThat(page).doesNotContain(" style=").doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void theSameEvidenceGivesTheSameBytes() throws IOException {
        Path one = run.failing("EXCH-HINT/type").sealed(temp.resolve("one"));
        Path two = run.sealed(temp.resolve("two"));
        assertThat(Files.readString(two.resolve("manifest.json")))
                .isEqualTo(Files.readString(one.resolve("manifest.json")));
    }

    @Test
    void theVerdictStandsFirstWithTheStatusOfTheStandard() throws IOException {
        String page = page(run.sealed(temp.resolve("b")));
        int body = page.indexOf("<body>");
        assertThat(page.indexOf("draft, adopted by no body", body)).isPositive();
        assertThat(page.indexOf("PASS · 2 of 3 operator × type pairs claimed (1 mandatory) · 0 waived", body))
                .isPositive()
                .isLessThan(page.indexOf("id=\"scope\"", body));
        assertThat(page).contains("<dt>Client</dt><dd>not stated</dd>");
    }

    @Test
    void aFailingCaseIsShownWithItsNumbersAndHowToExplainIt() throws IOException {
        String page = page(run.failing("EXCH-LOAD/large").sealed(temp.resolve("b")));
        assertThat(page)
                .contains("<p class=\"message\">y[0] = 0x1.8p0, reference 0x1.0p0, 4194304.0 ulp, allowed 1")
                .contains("4.194e+06 × the limit")
                .contains("ONNX&#39;s own text")
                .contains("<code>aiis explain --bundle BUNDLE EXCH-LOAD/large</code>");
    }

    @Test
    void aWaivedCaseStaysAFailureUnderItsWaiverAndTheVerdictLinksThere() throws IOException {
        String page = page(run.failing("EXCH-LOAD/large")
                .waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01")
                .sealed(temp.resolve("b")));
        assertThat(page.indexOf("<a href=\"#waivers\">1 failing cases")).isNegative();
        assertThat(page.indexOf("<a href=\"#waivers\">1 failing case is waived"))
                .isPositive()
                .isLessThan(page.indexOf("id=\"scope\""));
        String waivers = page.substring(page.indexOf("id=\"waivers\""), page.indexOf("id=\"left\""));
        assertThat(waivers)
                .contains("<code>W-1</code>", "EXCH-LOAD/large", "y[0] = 0x1.8p0", "2027-01-01", "#sign-fail");
        assertThat(page).doesNotContain("id=\"failed\"");
    }

    @Test
    void aWaiverThatHasExpiredLeavesItsCaseAmongTheFailed() throws IOException {
        String page = page(run.failing("EXCH-LOAD/large")
                .waiver("EXCH-LOAD", "EXCH-LOAD/large", "2026-01-01")
                .sealed(temp.resolve("b")));
        assertThat(page).contains("id=\"fail-EXCH-LOAD\"", "<span class=\"tag\">expired</span>");
    }

    @Test
    void aSelfRunSaysThatNobodyIndependentSawIt() throws IOException {
        assertThat(page(run.sealed(temp.resolve("b")))).contains("No laboratory is stated", "under trial");
    }

    @Test
    void junitXmlIsWellFormedAndCountsEachVerdict() throws Exception {
        run.observations.put("EXCH-LOAD/plain", new Observation.NotDriven("bell \u0007 and <tag>"));
        byte[] xml = Files.readAllBytes(
                run.failing("EXCH-LOAD/large").sealed(temp.resolve("b")).resolve("views/junit.xml"));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        var root = document.getDocumentElement();
        assertThat(root.getAttribute("tests")).isEqualTo("5");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("skipped")).isEqualTo("1");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(new String(xml, StandardCharsets.UTF_8)).contains("bell \uFFFD and &lt;tag&gt;");
    }

    @Test
    void anAllureResultOfARequirementHasItsCasesAsSteps() throws IOException {
        Path bundle = run.failing("EXCH-LOAD/large").sealed(temp.resolve("b"));
        String uuid = java.util
                .UUID
                .nameUUIDFromBytes("EXCH-LOAD".getBytes(StandardCharsets.UTF_8))
                .toString();
        var result =
                Codec.tree(Files.readString(bundle.resolve("views/allure-results/" + uuid + "-result.json")), "allure");
        assertThat(result.get("status").asText()).isEqualTo("failed");
        assertThat(result.get("stage").asText()).isEqualTo("finished");
        assertThat(result.get("uuid").asText()).isEqualTo(uuid);
        assertThat(result.get("labels").toString())
                .contains(
                        "{\"name\":\"epic\",\"value\":\"exchange\"}", "{\"name\":\"feature\",\"value\":\"EXCH-LOAD\"}");
        assertThat(result.get("start").asLong()).isGreaterThanOrEqualTo(1_795_424_400_000L);
        assertThat(result.get("steps").findValuesAsText("name")).contains("EXCH-LOAD/large");
        assertThat(result.get("steps").findValuesAsText("status")).containsOnlyOnce("failed");
    }

    @Test
    void aThousandCasesOfARequirementAreListedUpToACapThatIsSaid() throws IOException {
        var catalogue = new TreeMap<>(run.toy.catalogue());
        for (int i = 0; i < 1000; i++) {
            catalogue.put("EXCH-LOAD/n" + i, java.util.List.of("EXCH-LOAD"));
        }
        run.toy = new Toy(catalogue);
        String page = page(run.sealed(temp.resolve("b")));
        assertThat(page).contains("and 990 more, all in views/junit.xml").contains("1002 of 1002");
    }

    @Test
    void aRunThatMayNotBeDeclaredSaysSoAtTheTopEvenWhenItPasses() throws IOException {
        run.grade = org.aiis.spec.testing.Grade.QUICK;
        String page = page(run.sealed(temp.resolve("b")));
        assertThat(page.indexOf("Not for declaration or certification"))
                .isPositive()
                .isLessThan(page.indexOf("id=\"scope\""));
        assertThat(page).contains("the run is of grade quick");
    }

    @Test
    void whatIsNotDecidedIsGatheredByItsCause() throws IOException {
        run.observations.put("EXCH-LOAD/plain", new Observation.NotDriven("no tensor of this type"));
        run.observations.put("EXCH-NAMES/order", new Observation.NotDriven("no tensor of this type"));
        assertThat(page(run.sealed(temp.resolve("b")))).contains("2 cases in 2 requirements");
    }
}
