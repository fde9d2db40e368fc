package org.aiis.report.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.aiis.report.Reports;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.testing.Observation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a death is blamed on can be neither left out nor invented: only what the numbers and the processes bear out is taken. */
class DeathTamperTest {
    private static final String DIED = "EXCH-NAMES/order";
    private static final String FIRST = "EXCH-HINT/type";
    private static final String BLAMED = "EXCH-LOAD/large";
    private static final String BETWEEN = "EXCH-LOAD/plain";
    private static final String ELSEWHERE = "OP-Add-VALUES/float32/ordinary";

    @TempDir
    Path temp;

    private Path bundle;
    private final ToyRun run = new ToyRun();
    private final Reports reports = new Reports(run.standard, run.toy);

    @BeforeEach
    void aSoundBundle() {
        Observation death = new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", "");
        run.toy.reasons().put("no-answer", "crashed");
        run.observations.put(DIED, death);
        run.repeats = new Repeats(1000, 5, 5, false, false).tracing(new Repeats.Tracing(60, 1000));
        run.again.put(Purpose.REPEAT, Map.of(DIED, ToyRun.right()));
        run.seats.put(FIRST, new Seat(1, 1));
        run.seats.put(BLAMED, new Seat(1, 2));
        run.seats.put(BETWEEN, new Seat(1, 3));
        run.seats.put(DIED, new Seat(1, 4));
        run.seats.put(ELSEWHERE, new Seat(2, 1));
        run.traced.add(new Entry.Traced(
                DIED,
                Origin.EARLIER,
                3,
                List.of(FIRST, BLAMED),
                Optional.of(DIED),
                Optional.of(death),
                3,
                3,
                3,
                0,
                20));
        bundle = run.sealed(temp.resolve("bundle"));
        Forgery.assertSound(reports, bundle);
    }

    private void refused(String reason) {
        Forgery.assertRefused(reports, bundle, reason);
    }

    private void forge(Consumer<ObjectNode> edit) {
        Forgery.of(bundle, lines -> lines.stream()
                .filter(DeathTamperTest::isSearch)
                .forEach(line -> edit.accept((ObjectNode) line.get("entry"))));
    }

    private static boolean isSearch(ObjectNode line) {
        return line.at("/entry/event").asText().equals("traced");
    }

    private void blame(String... cases) {
        forge(search -> {
            ArrayNode after = search.putArray("after");
            Arrays.stream(cases).forEach(after::add);
        });
    }

    @Test
    void aSearchThatIsLeftOutIsRefused() {
        Forgery.of(bundle, lines -> lines.removeIf(DeathTamperTest::isSearch));
        refused(DIED + ": the cause of a death that a fresh process did not die is not searched for");
    }

    @Test
    void aSearchForADeathThatNobodyDiedIsRefused() {
        forge(search -> search.put("id", BETWEEN));
        refused(BETWEEN + ": searched for the cause of a death, which the run did not set out to");
    }

    @Test
    void aDeathThatAFreshProcessDiesTooIsNotOfAnEarlierCase() {
        forge(search -> search.put("diedAlone", 1));
        refused("do not bear out that its death is of the kind 'earlier'");
    }

    @Test
    void aDeathThatWasSeenOnceIsNotOfAnEarlierCase() {
        forge(search -> search.put("died", 1));
        refused("do not bear out that its death is of the kind 'earlier'");
    }

    @Test
    void moreDeathsThanProcessesAreRefused() {
        forge(search -> search.put("died", 4));
        refused("do not bear out");
    }

    @Test
    void anotherKindThanItsNumbersSayIsRefused() {
        forge(search -> search.put("origin", "sometimes"));
        refused("do not bear out that its death is of the kind 'sometimes'");
    }

    @Test
    void aDeathOfItsOwnNeedsNoSearch() {
        forge(search -> search.put("origin", "own"));
        refused("do not bear out that its death is of the kind 'own'");
    }

    @Test
    void aCaseThatIsBlamedForItsOwnDeathIsRefused() {
        blame(FIRST, DIED);
        refused(DIED + ": blamed for its own death among earlier cases");
    }

    @Test
    void aCaseThatWasNeverShownIsRefused() {
        blame("EXCH-LOAD/nowhere");
        refused("blamed on a case that was not shown: EXCH-LOAD/nowhere");
    }

    @Test
    void aCaseOfAnotherProcessIsRefused() {
        blame(ELSEWHERE);
        refused("its process was not shown before: " + ELSEWHERE);
    }

    @Test
    void casesInAnotherOrderThanTheirProcessMetThemAreRefused() {
        blame(BLAMED, FIRST);
        refused("its process was not shown before: " + FIRST);
    }

    @Test
    void anotherHistoryThanThatOfItsProcessIsRefused() {
        forge(search -> search.put("history", 300));
        refused("its process had been shown 3 cases before, not 300");
    }

    @Test
    void whatWasSeenBehindOthersMustBeADeath() {
        forge(search -> search.set("observation", Codec.tree(Codec.canonical(ToyRun.right()), "observation")));
        refused("what was seen behind other cases is no death");
    }
}
