package org.aiis.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** The page about a model: whole and safe whatever its nodes are called, and small whatever their number. */
class GrowthViewTest {
    private static final String HOSTILE =
            "</script><script>alert('x')</script><!--\"&\u202E\u0007\u2028$page.title()#set($a=1)";

    private static GrowthPage.Node node(
            String name, List<String> scope, Verdict verdict, double own, Integer... reads) {
        return node(name, scope, verdict, own, OptionalLong.empty(), reads);
    }

    private static GrowthPage.Node node(
            String name, List<String> scope, Verdict verdict, double own, OptionalLong nanos, Integer... reads) {
        return new GrowthPage.Node(
                name,
                "Conv",
                List.of(reads),
                List.of(),
                List.of(),
                scope,
                "float32[1, 64, 32, 32]",
                Optional.of(Mark.of(verdict)),
                OptionalDouble.of(own),
                OptionalDouble.of(own * 1.7),
                OptionalDouble.of(1.234567e-7),
                "CPUExecutionProvider",
                nanos,
                verdict == Verdict.FAIL ? "it is " + name : "");
    }

    private static String page(List<GrowthPage.Node> nodes, List<Integer> worst, GrowthPage.Trail trail) {
        return new String(
                GrowthView.render(new GrowthPage(
                        nodes.get(0).name(),
                        "a system",
                        Mark.of(Verdict.FAIL),
                        List.of("a sentence about " + nodes.get(0).name()),
                        List.of(),
                        List.of(),
                        nodes,
                        worst,
                        Optional.of(trail),
                        List.of())),
                StandardCharsets.UTF_8);
    }

    private static JsonNode data(String page) throws Exception {
        Matcher script = Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>")
                .matcher(page);
        assertThat(script.find()).isTrue();
        return new ObjectMapper().readTree(script.group(1));
    }

    @Test
    void namesThatAreMarkupStayNames() throws Exception {
        String page = page(
                List.of(
                        node(HOSTILE, List.of(HOSTILE), Verdict.FAIL, Double.POSITIVE_INFINITY),
                        node("/" + HOSTILE + "/x", List.of(HOSTILE), Verdict.PASS, 0.5, 0)),
                List.of(0, 1),
                new GrowthPage.Trail(0, List.of(), List.of(0, 1)));

        assertThat(page)
                .doesNotContain("<script>alert", "<!--", "\u202E", "\u2028", "\u0007")
                .contains("&lt;/script&gt;");
        // Data, the script, and nothing else.
        assertThat(Pattern.compile("<script", Pattern.CASE_INSENSITIVE)
                        .matcher(page)
                        .results())
                .hasSize(2);
        assertThat(Pattern.compile("</script", Pattern.CASE_INSENSITIVE)
                        .matcher(page)
                        .results())
                .hasSize(2);
        assertThat(page).contains("default-src &#39;none&#39;");
        assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http:", "https:", " style=", "onclick");
        JsonNode data = data(page);
        assertThat(data.get("names").get(0).asText())
                .startsWith("=</script><script>alert")
                .contains("⟨U+202E⟩");
        assertThat(data.get("names").get(1).asText()).isEqualTo("/x");
        assertThat(data.get("own").get(0).asDouble()).isEqualTo(1e300);
        assertThat(page).contains(">∞</b>");
    }

    @Test
    void timesAreToldWhereTheyAreKnownAndNothingIsMadeUpWhereTheyAreNot() throws Exception {
        GrowthPage.Trail trail = new GrowthPage.Trail(0, List.of(), List.of(0));
        String told = page(
                List.of(
                        node("quick", List.of(), Verdict.PASS, 0.5, OptionalLong.of(0)),
                        node("folded", List.of(), Verdict.PASS, 0.5, OptionalLong.empty()),
                        node("slow", List.of(), Verdict.PASS, 0.5, OptionalLong.of(1_234_000))),
                List.of(0, 1),
                trail);
        String untold = page(List.of(node("a", List.of(), Verdict.PASS, 0.5)), List.of(0), trail);

        assertThat(told).contains("<td class=\"num\">under 1 µs</td>", "<td class=\"num\">not told</td>");
        assertThat(told.substring(told.indexOf("id=\"slowest\""), told.indexOf("id=\"graph\"")))
                .contains(">slow<", "1.234 ms")
                .doesNotContain(">folded<", ">quick<");
        assertThat(data(told).get("nanos").get(1).isNull()).isTrue();
        assertThat(untold).contains("this backend does not say how long").doesNotContain("id=\"slowest\"");
        assertThat(data(untold).get("nanos")).isNull();
    }

    @Test
    void aNameWithoutEndIsCut() throws Exception {
        String page = page(
                List.of(node("n".repeat(1 << 20), List.of("s".repeat(1 << 20)), Verdict.PASS, 0.5)),
                List.of(0),
                new GrowthPage.Trail(0, List.of(), List.of(0)));

        assertThat(data(page).get("names").get(0).asText()).hasSizeLessThan(400);
        assertThat(data(page).get("groups").get(0).get(0).asText()).hasSizeLessThan(400);
    }

    @Test
    void fiftyThousandNodesTakeLessThanFourMebibytes() throws Exception {
        List<GrowthPage.Node> nodes = new ArrayList<>();
        List<Integer> path = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            List<String> scope = List.of("encoder", "layer." + i / 500, "attention" + i / 50 % 10);
            String name = "/" + String.join("/", scope) + "/Conv_" + i;
            nodes.add(
                    i == 0
                            ? node(name, scope, Verdict.PASS, 0.5)
                            : node(name, scope, Verdict.PASS, 0.123456 + i, i - 1));
            path.add(i);
        }
        String page = page(nodes, List.of(), new GrowthPage.Trail(0, List.of(), path));

        assertThat(data(page).get("names")).hasSize(50_000);
        assertThat(data(page).get("readCounts").get(1).asInt()).isEqualTo(1);
        // All that is no data: the script, the styles, and the way, of which the middle is folded and cut.
        assertThat(page.length() - data(page).toString().length()).isLessThan(600_000);
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4 << 20);
    }
}
