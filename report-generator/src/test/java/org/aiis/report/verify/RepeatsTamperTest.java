package org.aiis.report.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.aiis.report.Reports;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.testing.Finding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was shown again can be neither changed, nor left out, nor added; each bundle here is chained and sealed anew. */
class RepeatsTamperTest {
    @TempDir
    Path temp;

    private Path bundle;
    private final ToyRun run = new ToyRun();
    private final Reports reports = new Reports(run.standard, run.toy);

    @BeforeEach
    void aSoundBundle() {
        run.repeats = new Repeats(1000, 5, 0, true, true);
        run.systems.put(Purpose.CORE, Optional.of(run.core()));
        run.again.put(Purpose.REPEAT, Map.of("EXCH-NAMES/order", ToyRun.answer(1.5)));
        run.again.put(Purpose.CORE, Map.of("EXCH-HINT/type", ToyRun.right()));
        bundle = run.failing("EXCH-HINT/type").sealed(temp.resolve("bundle"));
        Forgery.assertSound(reports, bundle);
    }

    private void refused(String reason) {
        Forgery.assertRefused(reports, bundle, reason);
    }

    private void forge(Consumer<List<ObjectNode>> edit) {
        Forgery.of(bundle, edit);
    }

    private static boolean is(ObjectNode line, String purpose, String id) {
        return line.at("/entry/event").asText().equals("again")
                && line.at("/entry/purpose").asText().equals(purpose)
                && line.at("/entry/id").asText().equals(id);
    }

    private static ObjectNode entry(List<ObjectNode> lines, String purpose, String id) {
        return lines.stream()
                .filter(line -> is(line, purpose, id))
                .map(line -> (ObjectNode) line.get("entry"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFlakyCaseThatIsMadeSteadyIsRefused() {
        forge(lines -> entry(lines, "repeat", "EXCH-NAMES/order")
                .set("finding", Codec.tree(Codec.canonical(Finding.pass().withWorst(0.25)), "finding")));
        refused("shown again: recorded PASS, judged again FAIL");
    }

    @Test
    void aFindingOfTheCoreThatTheJudgeDoesNotGiveIsRefused() {
        forge(lines -> ((ObjectNode) entry(lines, "core", "EXCH-HINT/type").get("finding")).put("worst", 9));
        refused("shown again: recorded finding is not what the judge says again");
    }

    @Test
    void aFindingWithoutAnObservationThatIsNotTheFirstOnesIsRefused() {
        forge(lines -> entry(lines, "core", "EXCH-HINT/type").remove("observation"));
        refused("shown again: recorded PASS, judged again FAIL");
    }

    @Test
    void aRepeatThatIsLeftOutForWhatItShowedIsRefused() {
        forge(lines -> lines.removeIf(line -> is(line, "repeat", "EXCH-NAMES/order")));
        refused("EXCH-NAMES/order: not shown again for repeat, as the run set out to");
    }

    @Test
    void repeatsThatAreLeftOutAltogetherAreRefused() {
        forge(lines -> lines.removeIf(line -> line.at("/entry/event").asText().startsWith("again")));
        refused("the run set out to show cases again for repeat, and did not");
    }

    @Test
    void repeatsThatAreSaidNotToHaveStartedAreRefused() {
        forge(lines -> {
            lines.removeIf(line -> line.at("/entry/purpose").asText().equals("repeat")
                    && line.at("/entry/event").asText().equals("again"));
            lines.stream()
                    .filter(line -> line.at("/entry/event").asText().equals("again-on")
                            && line.at("/entry/purpose").asText().equals("repeat"))
                    .forEach(line -> ((ObjectNode) line.get("entry")).remove("sut"));
        });
        refused("cases are repeated on another system than the one under test");
    }

    @Test
    void aRepeatOfAnotherStimulusIsRefused() {
        forge(lines -> entry(lines, "unoptimised", "EXCH-LOAD/plain").put("stimulus", "0".repeat(64)));
        refused("EXCH-LOAD/plain: shown another stimulus than this");
    }

    @Test
    void aRepeatTooManyIsRefused() {
        forge(lines -> {
            ObjectNode more = lines.stream()
                    .filter(line -> is(line, "core", "EXCH-HINT/type"))
                    .findFirst()
                    .orElseThrow()
                    .deepCopy();
            ((ObjectNode) more.get("entry"))
                    .put("id", "EXCH-LOAD/plain")
                    .set(
                            "stimulus",
                            entry(lines, "unoptimised", "EXCH-LOAD/plain").get("stimulus"));
            lines.add(
                    lines.indexOf(lines.stream()
                                    .filter(line -> is(line, "core", "EXCH-HINT/type"))
                                    .findFirst()
                                    .orElseThrow())
                            + 1,
                    more);
        });
        refused("EXCH-LOAD/plain: shown again for core, which the run did not set out to");
    }

    @Test
    void aSettingThatIsChangedIsRefused() {
        forge(lines -> ((ObjectNode) lines.get(0).at("/entry/repeats"))
                .put("perThousand", 0)
                .put("failing", 0));
        refused("which the run did not set out to");
    }

    @Test
    void aCaseThatComesAfterTheRepeatsIsRefused() {
        forge(lines -> {
            ObjectNode late = lines.stream()
                    .filter(line -> line.at("/entry/event").asText().equals("case"))
                    .findFirst()
                    .orElseThrow();
            lines.remove(late);
            lines.add(lines.size() - 2, late);
        });
        refused("expected a case that was shown before");
    }
}
